import type { Language } from '../../domain/languages.ts';
import { escapeHtml } from '../html.ts';
import { replySubject } from '../thread-keys.ts';
import type { DeskMail } from './desk-text.ts';
import type { Rendered } from './rendered.ts';
import { BUTTON_STYLE, CARD_STYLE, MUTED_STYLE } from './styles.ts';

interface Words {
  lead: (number: number) => string;
  open: string;
  why: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    lead: (number) => `Here is a new link to your request ${number}.`,
    open: 'Open your request',
    why: 'Somebody asked for it on the page of the request. If that was not you, do nothing.',
  },
  sv: {
    lead: (number) => `Här är en ny länk till ditt ärende ${number}.`,
    open: 'Öppna ditt ärende',
    why: 'Någon bad om den på ärendets sida. Var det inte du behöver du inte göra något.',
  },
};

/** To the customer: where the ticket is read and answered; without the link for agents to see. */
export function renderLink({ page, ...mail }: DeskMail & { page?: string }): Rendered {
  const { language, number, subject, mailboxName } = mail;
  const { lead, open, why } = WORDS[language];
  const said = lead(number);
  const link =
    page === undefined
      ? ''
      : `<p style="margin:20px 0"><a href="${escapeHtml(page)}" style="${BUTTON_STYLE}">` +
        `${open}</a></p>`;
  return {
    subject: replySubject(subject, number),
    text: [said, ...(page === undefined ? [] : [page]), why, mailboxName].join('\n\n'),
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0">${said}</p>${link}` +
      `<p style="margin:12px 0 0 0;${MUTED_STYLE}">${why}<br>${escapeHtml(mailboxName)}</p></div>`,
  };
}
