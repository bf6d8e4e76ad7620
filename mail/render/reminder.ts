import type { Language } from '../../domain/languages.ts';
import type { ReminderKind } from '../../domain/ticket/events.ts';
import { escapeHtml } from '../html.ts';
import type { Rendered } from './rendered.ts';
import { BUTTON_STYLE, CARD_STYLE, HEADING_STYLE, MUTED_STYLE } from './styles.ts';

export interface ReminderMail {
  /** The agent's. */
  language: Language;
  agentName: string;
  kind: ReminderKind;
  /** Why an agent put it on hold; '' when nobody said. */
  reason: string;
  number: number;
  /** Of the ticket in the console. */
  url: string;
}

interface Words {
  ticket: (number: number) => string;
  sentences: Record<ReminderKind, string>;
  hello: (name: string) => string;
  reason: (text: string) => string;
  open: (number: number) => string;
  why: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    ticket: (number) => `Ticket ${number}`,
    sentences: {
      callback: 'it is time to get back to it',
      customer_replied: 'the customer has replied',
      invited: 'you have been invited to take part',
      mentioned: 'a colleague has mentioned you',
      assigned: 'it has been assigned to you',
      delivery_failed: 'a mail of it could not be delivered',
    },
    hello: (name) => `Hello ${name},`,
    reason: (text) => `Reason: ${text}`,
    open: (number) => `Open ticket ${number}`,
    why: 'You get this because you own the ticket, take part in it or asked to be reminded.',
  },
  sv: {
    ticket: (number) => `Ärende ${number}`,
    sentences: {
      callback: 'det är dags att ta tag i det igen',
      customer_replied: 'kunden har svarat',
      invited: 'du har bjudits in att delta',
      mentioned: 'en kollega har nämnt dig',
      assigned: 'det har tilldelats dig',
      delivery_failed: 'ett mejl i det kunde inte levereras',
    },
    hello: (name) => `Hej ${name}!`,
    reason: (text) => `Anledning: ${text}`,
    open: (number) => `Öppna ärende ${number}`,
    why: 'Du får det här för att du äger ärendet, deltar i det eller har bett om en påminnelse.',
  },
};

/** To an agent: which ticket, why, and the way there. What customers write stays in the console. */
export function renderReminder(reminder: ReminderMail): Rendered {
  const { agentName, kind, reason, number, url, language } = reminder;
  const words = WORDS[language];
  const what = `${words.ticket(number)}: ${words.sentences[kind]}`;
  const greeting = words.hello(agentName);
  const said = reason === '' ? [] : [words.reason(reason)];
  return {
    subject: what,
    text: [greeting, `${what}.`, ...said, url, words.why].join('\n\n'),
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
      `<h1 style="${HEADING_STYLE}">${what}</h1>` +
      said.map((line) => `<p style="margin:0 0 12px 0">${escapeHtml(line)}</p>`).join('') +
      `<p style="margin:20px 0"><a href="${escapeHtml(url)}" style="${BUTTON_STYLE}">` +
      `${words.open(number)}</a></p><p style="margin:0;${MUTED_STYLE}">${words.why}</p></div>`,
  };
}
