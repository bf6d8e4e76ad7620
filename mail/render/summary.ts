import { cleanText } from '../clean-text.ts';
import { escapeHtml, plainTextToHtml } from '../html.ts';
import { SUMMARY_MESSAGES_MAX, SUMMARY_MESSAGE_CHARS_MAX } from '../limits.ts';
import { replySubject } from '../thread-keys.ts';
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

export interface Summary {
  mailboxName: string;
  number: number;
  subject: string;
  customerName: string;
  /** Oldest first. */
  messages: readonly SummaryMessage[];
  /** How many there are before these. */
  earlier?: number;
}

/** The transcript that the customer gets when a ticket is solved with a summary. */
export function renderSummary({ messages, earlier = 0, ...mail }: Summary): Rendered {
  const { mailboxName, number, subject, customerName } = mail;
  const shown = messages.slice(-SUMMARY_MESSAGES_MAX);
  const left = earlier + messages.length - shown.length;
  const greeting = customerName === '' ? 'Hello,' : `Hello ${customerName},`;
  const solved = `your request ${number} has been solved. Here is what was written.`;
  const more = 'If something is still open, just reply to this mail.';
  const gap = left === 0 ? '' : `(${left} earlier messages are left out.)`;
  const opening = `${greeting}\n\n${solved}\n${more}\n\n${subject}\n`;
  return {
    subject: replySubject(subject, number),
    text: [opening, ...(gap === '' ? [] : [gap]), ...shown.map(asText), mailboxName].join('\n'),
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
      `<p style="margin:0">${solved}<br>${more}</p><hr style="${LINE_STYLE}">` +
      `<h1 style="${HEADING_STYLE}">${escapeHtml(subject)}</h1>` +
      (gap === '' ? '' : `<p style="${MUTED_STYLE}">${gap}</p>`) +
      shown.map(asHtml).join('') +
      `<p style="margin:20px 0 0 0;${MUTED_STYLE}">${escapeHtml(mailboxName)}</p></div>`,
  };
}

function asText({ from, at, text, files }: SummaryMessage): string {
  const attached = files.length === 0 ? '' : `\n[${files.join(', ')}]`;
  return `----- ${from}, ${dateOf(at)}\n\n${bodyOf(text)}${attached}\n`;
}

function asHtml({ direction, from, at, text, files }: SummaryMessage): string {
  const style = direction === 'out' ? OURS_STYLE : THEIRS_STYLE;
  const attached =
    files.length === 0 ? '' : `<div style="${MUTED_STYLE}">${escapeHtml(files.join(', '))}</div>`;
  return (
    `<div style="${style}"><div style="margin:0 0 6px 0"><strong>${escapeHtml(from)}</strong> ` +
    `<span style="${MUTED_STYLE}">${dateOf(at)}</span></div>` +
    `<div>${plainTextToHtml(bodyOf(text))}</div>${attached}</div>`
  );
}

function bodyOf(text: string): string {
  const whole = text.trim();
  const shown = cleanText(whole, SUMMARY_MESSAGE_CHARS_MAX);
  return whole.length > SUMMARY_MESSAGE_CHARS_MAX ? `${shown} …` : shown;
}

const DATE = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

function dateOf(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? '' : `${DATE.format(time)} UTC`;
}
