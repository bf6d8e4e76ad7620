import type { ReminderKind } from '../../domain/ticket/events.ts';
import { escapeHtml } from '../html.ts';
import type { Rendered } from './rendered.ts';
import { BUTTON_STYLE, CARD_STYLE, HEADING_STYLE, MUTED_STYLE } from './styles.ts';

export interface ReminderMail {
  agentName: string;
  kind: ReminderKind;
  /** Why an agent put it on hold; '' when nobody said. */
  reason: string;
  number: number;
  /** Of the ticket in the console. */
  url: string;
}

const SENTENCES: Record<ReminderKind, string> = {
  callback: 'it is time to get back to it',
  customer_replied: 'the customer has replied',
  invited: 'you have been invited to take part',
  mentioned: 'a colleague has mentioned you',
  assigned: 'it has been assigned to you',
  delivery_failed: 'a mail of it could not be delivered',
};

/** To an agent: which ticket, why, and the way there. What customers write stays in the console. */
export function renderReminder(reminder: ReminderMail): Rendered {
  const { agentName, kind, reason, number, url } = reminder;
  const what = `Ticket ${number}: ${SENTENCES[kind]}`;
  const greeting = `Hello ${agentName},`;
  const said = reason === '' ? [] : [`Reason: ${reason}`];
  const why = 'You get this because you own the ticket, take part in it or asked to be reminded.';
  return {
    subject: what,
    text: [greeting, `${what}.`, ...said, url, why].join('\n\n'),
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
      `<h1 style="${HEADING_STYLE}">${what}</h1>` +
      said.map((words) => `<p style="margin:0 0 12px 0">${escapeHtml(words)}</p>`).join('') +
      `<p style="margin:20px 0"><a href="${escapeHtml(url)}" style="${BUTTON_STYLE}">Open ticket ` +
      `${number}</a></p><p style="margin:0;${MUTED_STYLE}">${why}</p></div>`,
  };
}
