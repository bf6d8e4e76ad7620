import type { AccountLinkKind } from '../../domain/account-links.ts';
import type { Language } from '../../domain/languages.ts';
import { escapeHtml } from '../html.ts';
import type { Rendered } from './rendered.ts';
import { BUTTON_STYLE, CARD_STYLE, HEADING_STYLE, MUTED_STYLE } from './styles.ts';

export interface AccountMailWords {
  kind: AccountLinkKind;
  /** The company's: nobody knows the agent's yet. */
  language: Language;
  agentName: string;
  companyName: string;
  /** Who invites; null when nobody does. */
  madeBy: string | null;
  url: string;
  expiresAt: Date;
}

/** To an agent: the link by which a password is chosen, until when it works, and what if not. */
export function renderAccountMail(mail: AccountMailWords): Rendered {
  const { greeting, subject, lead, button, ends } = WORDS[mail.language][mail.kind](mail);
  return {
    subject,
    text: [greeting, lead, mail.url, ends].join('\n\n'),
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
      `<h1 style="${HEADING_STYLE}">${escapeHtml(subject)}</h1>` +
      `<p style="margin:0">${escapeHtml(lead)}</p>` +
      `<p style="margin:20px 0"><a href="${escapeHtml(mail.url)}" style="${BUTTON_STYLE}">` +
      `${button}</a></p><p style="margin:0;${MUTED_STYLE}">${escapeHtml(ends)}</p></div>`,
  };
}

interface Said {
  greeting: string;
  subject: string;
  lead: string;
  button: string;
  ends: string;
}

const WORDS: Record<Language, Record<AccountLinkKind, (mail: AccountMailWords) => Said>> = {
  en: {
    invitation: ({ agentName, companyName, madeBy, expiresAt }) => ({
      greeting: `Hello ${agentName},`,
      subject: `${companyName} invites you to its help desk`,
      lead:
        `${madeBy === null ? 'You are invited' : `${madeBy} invites you`} to the help desk of ` +
        `${companyName}. Choose a password, and you are in.`,
      button: 'Choose a password',
      ends:
        `The link works once, until ${until(expiresAt)}. After that, ask for another ` +
        'invitation. If you do not know what this is about, do nothing.',
    }),
    password: ({ agentName, companyName, expiresAt }) => ({
      greeting: `Hello ${agentName},`,
      subject: `A new password for the help desk of ${companyName}`,
      lead:
        'Somebody, most likely you, said that your password was forgotten. With this link you ' +
        'choose another one.',
      button: 'Choose a new password',
      ends:
        `The link works once, until ${until(expiresAt)}. If it was not you, do nothing: your ` +
        'password stays as it is.',
    }),
  },
  sv: {
    invitation: ({ agentName, companyName, madeBy, expiresAt }) => ({
      greeting: `Hej ${agentName}!`,
      subject: `${companyName} bjuder in dig till sin helpdesk`,
      lead:
        `${madeBy === null ? 'Du är inbjuden' : `${madeBy} bjuder in dig`} till helpdesken hos ` +
        `${companyName}. Välj ett lösenord, så är du inne.`,
      button: 'Välj ett lösenord',
      ends:
        `Länken fungerar en gång, till och med ${until(expiresAt)}. Be därefter om en ny ` +
        'inbjudan. Vet du inte vad det här gäller behöver du inte göra något.',
    }),
    password: ({ agentName, companyName, expiresAt }) => ({
      greeting: `Hej ${agentName}!`,
      subject: `Nytt lösenord till helpdesken hos ${companyName}`,
      lead:
        'Någon, troligen du, har angett att ditt lösenord är bortglömt. Med den här länken ' +
        'väljer du ett nytt.',
      button: 'Välj ett nytt lösenord',
      ends:
        `Länken fungerar en gång, till och med ${until(expiresAt)}. Var det inte du behöver du ` +
        'inte göra något: ditt lösenord gäller som förut.',
    }),
  },
};

/** Nobody knows the reader's zone yet. */
function until(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
