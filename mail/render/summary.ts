import type { Language } from '../../domain/languages.ts';
import { cleanText } from '../clean-text.ts';
import { escapeHtml, plainTextToHtml } from '../html.ts';
import { SUMMARY_MESSAGES_MAX, SUMMARY_MESSAGE_CHARS_MAX } from '../limits.ts';
import { replySubject } from '../thread-keys.ts';
import { ratingHtml, ratingText } from './ask-rating.ts';
import { deskText, deskTextHtml } from './desk-text.ts';
import type { DeskMail } from './desk-text.ts';
import { pageLinkHtml, pageLinkText } from './page-link.ts';
import type { Rendered } from './rendered.ts';
import {
  CARD_STYLE,
  HEADING_STYLE,
  LINE_STYLE,
  MUTED_STYLE,
  OURS_STYLE,
  THEIRS_STYLE,
} from './styles.ts';

/** A message that the customer wrote or got; notes and drafts never come here. */
export interface SummaryMessage {
  direction: 'in' | 'out';
  /** The name that the customer knows: own name, or that of the agent or mailbox. */
  from: string;
  /** ISO 8601. */
  at: string;
  /** Without quoted mails. */
  text: string;
  /** Names of attached files. */
  files: readonly string[];
}

export interface Summary extends DeskMail {
  /** Oldest first. */
  messages: readonly SummaryMessage[];
  /** How many there are before these. */
  earlier?: number;
  /** Where the help is rated; absent: nowhere. */
  rate?: string;
  /** Where the customer reads and answers the ticket; absent: in mail only. */
  page?: string;
}

const LEFT_OUT: Record<Language, (n: number) => string> = {
  en: (n) => `(${n} earlier messages are left out.)`,
  sv: (n) => `(${n} tidigare meddelanden är utelämnade.)`,
};

/** The transcript that the customer gets when a ticket is solved with a summary. */
export function renderSummary({ messages, earlier = 0, rate, page, ...mail }: Summary): Rendered {
  const { mailboxName, number, subject, language } = mail;
  const shown = messages.slice(-SUMMARY_MESSAGES_MAX);
  const left = earlier + messages.length - shown.length;
  const words = deskText('summary', mail);
  const gap = left === 0 ? '' : LEFT_OUT[language](left);
  const asked = rate === undefined ? '' : `${ratingText(rate, language)}\n\n`;
  const opening = `${words}\n\n${asked}${subject}\n`;
  const texts = shown.map((message) => asText(message, language));
  return {
    subject: replySubject(subject, number),
    text: [
      ...[opening, ...(gap === '' ? [] : [gap]), ...texts],
      ...(page === undefined ? [] : [`${pageLinkText(page, language)}\n`]),
      mailboxName,
    ].join('\n'),
    html:
      `<div style="${CARD_STYLE}">${deskTextHtml(words)}` +
      (rate === undefined ? '' : ratingHtml(rate, language)) +
      `<hr style="${LINE_STYLE}">` +
      `<h1 style="${HEADING_STYLE}">${escapeHtml(subject)}</h1>` +
      (gap === '' ? '' : `<p style="${MUTED_STYLE}">${gap}</p>`) +
      shown.map((message) => asHtml(message, language)).join('') +
      `<p style="margin:20px 0 0 0;${MUTED_STYLE}">` +
      (page === undefined ? '' : `${pageLinkHtml(page, language)}<br>`) +
      `${escapeHtml(mailboxName)}</p></div>`,
  };
}

function asText({ from, at, text, files }: SummaryMessage, language: Language): string {
  const attached = files.length === 0 ? '' : `\n[${files.join(', ')}]`;
  return `----- ${from}, ${dateOf(at, language)}\n\n${bodyOf(text)}${attached}\n`;
}

function asHtml(message: SummaryMessage, language: Language): string {
  const { direction, from, at, text, files } = message;
  const style = direction === 'out' ? OURS_STYLE : THEIRS_STYLE;
  const attached =
    files.length === 0 ? '' : `<div style="${MUTED_STYLE}">${escapeHtml(files.join(', '))}</div>`;
  return (
    `<div style="${style}"><div style="margin:0 0 6px 0"><strong>${escapeHtml(from)}</strong> ` +
    `<span style="${MUTED_STYLE}">${dateOf(at, language)}</span></div>` +
    `<div>${plainTextToHtml(bodyOf(text))}</div>${attached}</div>`
  );
}

function bodyOf(text: string): string {
  const whole = text.trim();
  const shown = cleanText(whole, SUMMARY_MESSAGE_CHARS_MAX);
  return whole.length > SUMMARY_MESSAGE_CHARS_MAX ? `${shown} …` : shown;
}

const DATE = {
  en: dateFormat('en-GB'),
  sv: dateFormat('sv-SE'),
} as const satisfies Record<Language, Intl.DateTimeFormat>;

function dateFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
}

function dateOf(at: string, language: Language): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? '' : `${DATE[language].format(time)} UTC`;
}
