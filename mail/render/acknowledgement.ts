import type { Language } from '../../domain/languages.ts';
import { escapeHtml } from '../html.ts';
import { replySubject } from '../thread-keys.ts';
import { deskText, deskTextHtml } from './desk-text.ts';
import type { DeskMail } from './desk-text.ts';
import type { Rendered } from './rendered.ts';
import { CARD_STYLE, LINE_STYLE, MUTED_STYLE } from './styles.ts';

const KEPT_UNDER: Record<Language, string> = {
  en: 'Your message is kept under number',
  sv: 'Ditt ärende har nummer',
};

/** "We have your mail": sent once for each new ticket of a mailbox that has it on. */
export function renderAcknowledgement(mail: DeskMail): Rendered {
  const { mailboxName, number, subject, language } = mail;
  const words = deskText('acknowledgement', mail);
  const kept = KEPT_UNDER[language];
  const html =
    `<div style="${CARD_STYLE}">${deskTextHtml(words)}<hr style="${LINE_STYLE}">` +
    `<p style="margin:0;${MUTED_STYLE}">${kept} ` +
    `<strong>${number}</strong>: ${escapeHtml(subject)}<br>${escapeHtml(mailboxName)}</p></div>`;
  const text = [words, '', `${kept} ${number}: ${subject}`, '', mailboxName].join('\n');
  return { subject: replySubject(subject, number), text, html };
}
