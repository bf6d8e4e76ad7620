import type { ReminderKind } from '../../domain/ticket/events.ts';
import { escapeHtml } from '../html.ts';
import type { Rendered } from './rendered.ts';
import { BUTTON_STYLE, CARD_STYLE, HEADING_STYLE, MUTED_STYLE } from './styles.ts';

export interface ReminderMail {
  agentName: string;
  kind: ReminderKind;
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
export function renderReminder({ agentName, kind, number, url }: ReminderMail): Rendered {
  const what = `Ticket ${number}: ${SENTENCES[kind]}`;
  const greeting = `Hello ${agentName},`;
  const why = 'You get this because you own the ticket, take part in it or asked to be reminded.';
  return {
    subject: what,
    text: `${greeting}\n\n${what}.\n\n${url}\n\n${why}`,
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
      `<h1 style="${HEADING_STYLE}">${what}</h1>` +
      `<p style="margin:20px 0"><a href="${escapeHtml(url)}" style="${BUTTON_STYLE}">Open ticket ` +
      `${number}</a></p><p style="margin:0;${MUTED_STYLE}">${why}</p></div>`,
  };
}
