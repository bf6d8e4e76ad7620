import type { AccountLinkKind } from '../../domain/account-links.ts';
import { escapeHtml } from '../html.ts';
import type { Rendered } from './rendered.ts';
import { BUTTON_STYLE, CARD_STYLE, HEADING_STYLE, MUTED_STYLE } from './styles.ts';

export interface AccountMailWords {
  kind: AccountLinkKind;
  agentName: string;
  companyName: string;
  /** Who invites; null when nobody knows. */
  madeBy: string | null;
  url: string;
  expiresAt: Date;
}

/** To an agent: the link by which a password is chosen, until when it works, and what if not. */
export function renderAccountMail(mail: AccountMailWords): Rendered {
  const { agentName, url } = mail;
  const { subject, lead, button, ends } = mail.kind === 'invitation' ? invitation(mail) : reset(mail);
  const greeting = `Hello ${agentName},`;
  return {
    subject,
    text: [greeting, lead, url, ends].join('\n\n'),
    html:
      `<div style="${CARD_STYLE}"><p style="margin:0 0 12px 0">${escapeHtml(greeting)}</p>` +
      `<h1 style="${HEADING_STYLE}">${escapeHtml(subject)}</h1>` +
      `<p style="margin:0">${escapeHtml(lead)}</p>` +
      `<p style="margin:20px 0"><a href="${escapeHtml(url)}" style="${BUTTON_STYLE}">` +
      `${button}</a></p><p style="margin:0;${MUTED_STYLE}">${escapeHtml(ends)}</p></div>`,
  };
}

function invitation({ companyName, madeBy, expiresAt }: AccountMailWords) {
  const who = madeBy === null ? 'You are invited' : `${madeBy} invites you`;
  return {
    subject: `${companyName} invites you to its help desk`,
    lead: `${who} to the help desk of ${companyName}. Choose a password, and you are in.`,
    button: 'Choose a password',
    ends:
      `The link works once, until ${until(expiresAt)}. After that, ask for another invitation. ` +
      'If you do not know what this is about, do nothing.',
  };
}

function reset({ companyName, expiresAt }: AccountMailWords) {
  return {
    subject: `A new password for the help desk of ${companyName}`,
    lead:
      'Somebody, most likely you, said that the password was forgotten. ' +
      'With this link you choose another one.',
    button: 'Choose a new password',
    ends:
      `The link works once, until ${until(expiresAt)}. If it was not you, do nothing: the ` +
      'password of now goes on.',
  };
}

/** Nobody knows the reader's zone yet. */
function until(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
