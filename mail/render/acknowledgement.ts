import type { Language } from '../../domain/languages.ts';
import { escapeHtml } from '../html.ts';
import { replySubject } from '../thread-keys.ts';
import { deskText, deskTextHtml } from './desk-text.ts';
import type { DeskMail } from './desk-text.ts';
import { pageLinkHtml, pageLinkText } from './page-link.ts';
import type { Rendered } from './rendered.ts';
import { CARD_STYLE, LINE_STYLE, MUTED_STYLE } from './styles.ts';

/** A help page that may answer what was asked. */
export interface AnswerLink {
  title: string;
  /** How the part begins that fits. */
  excerpt: string;
  /** Where everybody reads it. */
  url: string;
}

export interface Acknowledgement extends DeskMail {
  /** Best first. */
  answers?: readonly AnswerLink[];
  /** Where the customer reads and answers the ticket; absent: in mail only. */
  page?: string;
}

const WORDS: Record<Language, { kept: string; answers: string }> = {
  en: {
    kept: 'Your message is kept under number',
    answers: 'While you wait: this may answer your question.',
  },
  sv: {
    kept: 'Ditt ärende har nummer',
    answers: 'Medan du väntar: det här kanske svarar på din fråga.',
  },
};

/** "We have your mail": sent once for each new ticket of a mailbox that has it on. */
export function renderAcknowledgement({ answers = [], page, ...mail }: Acknowledgement): Rendered {
  const { mailboxName, number, subject, language } = mail;
  const words = deskText('acknowledgement', mail);
  const { kept, answers: heading } = WORDS[language];
  const html =
    `<div style="${CARD_STYLE}">${deskTextHtml(words)}` +
    (answers.length === 0 ? '' : `<hr style="${LINE_STYLE}">${asHtml(heading, answers)}`) +
    `<hr style="${LINE_STYLE}"><p style="margin:0;${MUTED_STYLE}">${kept} ` +
    `<strong>${number}</strong>: ${escapeHtml(subject)}<br>` +
    (page === undefined ? '' : `${pageLinkHtml(page, language)}<br>`) +
    `${escapeHtml(mailboxName)}</p></div>`;
  const text = [
    ...[words, ''],
    ...(answers.length === 0 ? [] : [heading, '', ...answers.flatMap(asText)]),
    `${kept} ${number}: ${subject}`,
    ...(page === undefined ? [] : [pageLinkText(page, language)]),
    ...['', mailboxName],
  ];
  return { subject: replySubject(subject, number), text: text.join('\n'), html };
}

function asText({ title, excerpt, url }: AnswerLink): string[] {
  return [`- ${title}`, `  ${url}`, ...(excerpt === '' ? [] : [`  ${excerpt}`]), ''];
}

function asHtml(heading: string, answers: readonly AnswerLink[]): string {
  const items = answers.map(
    ({ title, excerpt, url }) =>
      `<p style="margin:12px 0 0 0"><a href="${escapeHtml(url)}">${escapeHtml(title)}</a>` +
      (excerpt === ''
        ? '</p>'
        : `<br><span style="${MUTED_STYLE}">${escapeHtml(excerpt)}</span></p>`),
  );
  return `<p style="margin:0"><strong>${heading}</strong></p>${items.join('')}`;
}
