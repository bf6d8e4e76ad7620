import { defaultDeskTexts } from '../../domain/desk-texts.ts';
import type { DeskTextKind } from '../../domain/desk-texts.ts';
import type { Language } from '../../domain/languages.ts';
import { fillPlaceholders, placeholderValues } from '../../domain/placeholders.ts';
import type { PlaceholderSources } from '../../domain/placeholders.ts';
import { cleanText } from '../clean-text.ts';
import { plainTextToHtml } from '../html.ts';
import { TEXT_CHARS_MAX } from '../limits.ts';

/** What a mail that the desk writes is made from. */
export interface DeskMail {
  /** Of the company's mails. */
  language: Language;
  /** The company's own words; null: the desk's. */
  ownText: string | null;
  companyName: string;
  /** Who answers: the mailbox's display name. */
  mailboxName: string;
  mailboxAddress: string;
  number: number;
  subject: string;
  /** '' when it is not known. */
  customerName: string;
  customerEmail: string;
}

/** The words of a mail with its placeholders filled. */
export function deskText(kind: DeskTextKind, mail: DeskMail): string {
  const text = mail.ownText ?? defaultDeskTexts[kind][mail.language];
  const filled = fillPlaceholders(text.trim(), placeholderValues(sourcesOf(mail)));
  return cleanText(filled, TEXT_CHARS_MAX);
}

/** A paragraph for each part between empty lines. */
export function deskTextHtml(text: string): string {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim() !== '');
  return parts
    .map((part, index) => {
      const margin = index === parts.length - 1 ? '0' : '0 0 12px 0';
      return `<p style="margin:${margin}">${plainTextToHtml(part)}</p>`;
    })
    .join('');
}

function sourcesOf(mail: DeskMail): PlaceholderSources {
  const { customerName, customerEmail, number, subject } = mail;
  return {
    customer: { name: customerName, email: customerEmail },
    ticket: { number, subject },
    company: { name: mail.companyName },
    mailbox: { name: mail.mailboxName, address: mail.mailboxAddress },
  };
}
