import type { Language } from '../../domain/languages.ts';
import { cleanText } from '../clean-text.ts';
import { escapeHtml, plainTextToHtml } from '../html.ts';
import { TEXT_CHARS_MAX } from '../limits.ts';
import { replySubject } from '../thread-keys.ts';
import { deskText, deskTextHtml } from './desk-text.ts';
import type { DeskMail } from './desk-text.ts';
import type { Rendered } from './rendered.ts';
import { CARD_STYLE, LINE_STYLE, MUTED_STYLE, OURS_STYLE, QUOTE_STYLE } from './styles.ts';

/** A help page that an answer is taken from. */
export interface AnswerPage {
  title: string;
  /** Its words in the page's own. */
  quote: string;
  /** Where everybody reads it. */
  url: string;
}

export interface AssistantMail extends DeskMail {
  /** Plain text. */
  answer: string;
  pages: readonly AnswerPage[];
}

const WORDS: Record<Language, { from: string; notice: string; person: string }> = {
  en: {
    from: 'From our help pages:',
    notice: 'Our virtual assistant wrote this mail; no person has read your question yet.',
    person: 'If it did not help, just answer this mail: then a person does.',
  },
  sv: {
    from: 'Från våra hjälpsidor:',
    notice:
      'Vår virtuella assistent har skrivit det här mejlet; ingen människa har läst din fråga.',
    person: 'Om det inte hjälpte är det bara att svara på mejlet, så läser en människa det.',
  },
};

/**
 * The assistant's answer to a customer. It says who wrote it and how to reach a person, whatever
 * the company's own words are.
 */
export function renderAssistant({ answer, pages, ...mail }: AssistantMail): Rendered {
  const { mailboxName, number, subject, language } = mail;
  const words = deskText('assistant', mail);
  const { from, notice, person } = WORDS[language];
  const said = cleanText(answer.trim(), TEXT_CHARS_MAX);
  const shown = onePerPage(pages);
  const text = [
    ...[words, '', said, '', from],
    ...shown.flatMap((page) => asText(page, said)),
    ...['', notice, person, '', mailboxName],
  ];
  return {
    subject: replySubject(subject, number),
    text: text.join('\n'),
    html:
      `<div style="${CARD_STYLE}">${deskTextHtml(words)}` +
      `<div style="${OURS_STYLE}">${deskTextHtml(said)}</div>` +
      `<p style="margin:16px 0 4px 0">${from}</p>` +
      shown.map((page) => asHtml(page, said)).join('') +
      `<hr style="${LINE_STYLE}"><p style="margin:0 0 12px 0"><strong>${person}</strong></p>` +
      `<p style="margin:0;${MUTED_STYLE}">${notice}<br>${escapeHtml(mailboxName)}</p></div>`,
  };
}

/** A page that is quoted twice is one page to read. */
function onePerPage(pages: readonly AnswerPage[]): AnswerPage[] {
  return pages.filter(({ url }, index) => pages.findIndex((page) => page.url === url) === index);
}

function asText({ title, quote, url }: AnswerPage, said: string): string[] {
  const lines = isSaid(quote, said) ? [] : quote.split('\n').map((line) => `  > ${line}`.trimEnd());
  return [`- ${title}`, `  ${url}`, ...lines];
}

function asHtml({ title, quote, url }: AnswerPage, said: string): string {
  const link = `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`;
  const words = isSaid(quote, said)
    ? ''
    : `<div style="${QUOTE_STYLE};margin-bottom:8px">${plainTextToHtml(quote)}</div>`;
  return `<p style="margin:0 0 4px 0">${link}</p>${words}`;
}

/** What the answer says word for word is not quoted once more. */
function isSaid(quote: string, said: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').toLowerCase();
  return plain(said).includes(plain(quote));
}
