/** The words of the support module and of the hosted contact form. */
export const english = {
  open: 'Help',
  title: (company: string) => `Ask ${company}`,
  close: 'Close',
  question: 'What do you want to know?',
  ask: 'Ask',
  asking: 'Looking for an answer…',
  articles: 'Articles that may help',
  noArticles: 'No article fits yet.',
  found: (n: number) => (n === 1 ? 'One article fits' : `${n} articles fit`),
  answer: 'Answer',
  byMachine: 'Written by our virtual assistant from these articles:',
  notSure: 'We are not sure of an answer. These articles come closest:',
  nothing: 'We found no answer to that. Write to us, and a person will answer.',
  solved: 'That solved it',
  needHelp: 'I still need help',
  write: 'Write to us',
  form: 'Write to us',
  name: 'Your name (optional)',
  email: 'Your mail address',
  subject: 'Subject',
  message: 'Message',
  files: 'Files (optional)',
  filesHint: (n: number, each: string, all: string) =>
    `At most ${n} files, each up to ${each}, together up to ${all}.`,
  trap: 'Leave this empty',
  withExchange: 'What you asked here is sent along.',
  send: 'Send',
  sending: 'Sending…',
  progress: (percent: number) => `Sent ${percent} %`,
  back: 'Back',
  thanks: 'Thank you',
  received: (n: number) =>
    `We have received your message and will answer you by mail. Its number is ${n}.`,
  glad: 'Good to hear!',
  gladDetail: 'If you need more help, just ask again.',
  again: 'Ask something else',
  errors: {
    offline: 'There is no connection. What you wrote is still here; try again.',
    busy: (seconds: number) => `That was too often. Wait ${seconds} seconds, then try again.`,
    tooLarge: 'Your files are too large; remove one.',
    fileTooLarge: (name: string, max: string) => `${name} is larger than ${max}; choose another.`,
    tooMany: (max: number) => `Choose at most ${max} files.`,
    type: 'One of your files is of a kind that we do not take; remove it.',
    invalid: 'Something is missing or not right; look at your mail address and message.',
    later: 'That did not work. What you wrote is still here; try again in a moment.',
  },
  /** For whoever puts the tag into a page, in the browser's console. */
  developer: {
    noMailbox: 'Postkeep support module: data-mailbox names no mailbox.',
    notListed: (desk: string, mailbox: string, site: string) =>
      `Postkeep support module: ${desk} does not know ${mailbox}, or does not list ${site} for it.`,
  },
  missing: 'There is no contact form at this address. Check that it is written correctly.',
};

export type SupportWords = typeof english;
