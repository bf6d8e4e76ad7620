import { counted } from '../counted.ts';

/** The words of the public help pages, which stand apart from the console's. */
export const english = {
  locale: 'en-GB',
  help: 'Help',
  skip: 'To the content',
  languages: 'Languages',
  breadcrumbs: 'You are here',
  foot: (company: string) => `Help of ${company}`,
  home: {
    title: (company: string) => `${company} help`,
    heading: 'How can we help?',
    description: (company: string) => `Answers to questions that customers ask ${company}.`,
    other: 'More articles',
    articles: (n: number) => counted(n, 'article', 'articles'),
  },
  search: {
    label: 'Search the help articles',
    placeholder: 'Search for an answer',
    go: 'Search',
    title: (words: string) => `Search: ${words}`,
    found: (n: number, words: string) => `${counted(n, 'answer', 'answers')} for “${words}”`,
    nothing: (words: string) => `Nothing found for “${words}”`,
    advice: 'Try fewer or other words, or look through all articles.',
    all: 'All articles',
  },
  article: {
    updated: (date: string) => `Updated ${date}`,
    related: 'Related articles',
  },
  vote: {
    question: 'Did this help?',
    yes: 'Yes',
    no: 'No',
    thanks: 'Thank you for telling us.',
    sorry: 'Thank you. We are sorry that it did not help.',
    told: 'Thank you. What you wrote goes to those who write the articles.',
    missing: 'What was missing?',
    missingHint: 'You get no answer to this. Leave out names and numbers.',
    send: 'Send',
    trap: 'Leave this empty',
  },
  missing: {
    title: 'Not found',
    heading: 'This page is not here',
    article: 'The article may have been moved or taken away. Search for it, or look through all.',
    company: 'There are no help pages at this address. Check that it is written correctly.',
  },
  failed: {
    title: 'Not loaded',
    heading: 'This page could not be loaded',
    later: 'Something went wrong. Try again in a moment.',
    busy: 'Too many pages were asked for in a short time. Wait a minute, then try again.',
  },
};

export type HelpWords = typeof english;
