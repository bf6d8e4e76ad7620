import { escapeHtml } from '../html.ts';
import { replySubject } from '../thread-keys.ts';
import type { Rendered } from './rendered.ts';
import { CARD_STYLE, LINE_STYLE, MUTED_STYLE } from './styles.ts';

export interface Acknowledgement {
  /** Who answers: the mailbox's display name. */
  mailboxName: string;
  number: number;
  /** Of the customer's mail. */
  subject: string;
  /** '' when it is not known. */
  customerName: string;
}

/** "We have your mail": sent once for each new ticket of a mailbox that has it on. */
export function renderAcknowledgement(mail: Acknowledgement): Rendered {
  const { mailboxName, number, subject, customerName } = mail;
  const greeting = customerName === '' ? 'Hello,' : `Hello ${customerName},`;
  const received = `thank you for writing. We have received your message and will answer you here.`;
  const more = 'To add something, just reply to this mail.';
  const kept = `Your message is kept under number ${number}: ${subject}`;
  const text = [greeting, '', received, more, '', kept, '', mailboxName].join('\n');
  const html =
    `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
    `<p style="margin:0 0 12px 0">${received}<br>${more}</p>` +
    `<hr style="${LINE_STYLE}">` +
    `<p style="margin:0;${MUTED_STYLE}">Your message is kept under number ` +
    `<strong>${number}</strong>: ${escapeHtml(subject)}<br>${escapeHtml(mailboxName)}</p></div>`;
  return { subject: replySubject(subject, number), text, html };
}
