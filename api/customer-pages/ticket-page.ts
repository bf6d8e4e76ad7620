import type { CustomerMail, CustomerTicket } from '../../database/queries/customer-pages.ts';
import type { Language } from '../../domain/languages.ts';
import { escapeHtml, plainTextToHtml } from '../../mail/html.ts';
import type { Page } from './page.ts';
import { ticketWords } from './ticket-words.ts';
import type { TicketWords } from './ticket-words.ts';

export interface TicketPage {
  number: number;
  ticket: CustomerTicket;
  mails: readonly CustomerMail[];
  earlier: number;
  /** What was just done. */
  did: 'sent' | 'settled' | 'nothing' | null;
  /** Path of the page; its forms and files stand below it. */
  path: string;
  /** Path of the page that rates the help. */
  rating: string;
  /** Makes a form the same one when it is sent twice. */
  form: string;
  limits: { attachmentBytesMax: number; mailBytesMax: number };
  /** Milliseconds. */
  until: number;
}

/** A ticket as its customer sees it; nothing of it is for agents only. */
export function ticketPage(shown: TicketPage): Page {
  const { number, ticket, mails, earlier, until } = shown;
  const { language, companyName: company, subject, state } = ticket;
  const words = ticketWords[language];
  const isSolved = state === 'solved';
  const body =
    `<h1>${escapeHtml(subject)}</h1>` +
    `<p class="muted">${isSolved ? words.solved : words.waiting}</p>${noticeOf(shown, words)}` +
    `<h2>${words.conversation}</h2>` +
    (earlier === 0 ? '' : `<p class="muted">${words.earlier(earlier)}</p>`) +
    `<ol class="mails">${mails.map((mail) => mailHtml(mail, shown, words)).join('')}</ol>` +
    (isSolved ? `<p><a href="${escapeHtml(shown.rating)}">${words.rate}</a></p>` : '') +
    answerForm(shown, words) +
    (isSolved ? '' : settleForm(shown, words)) +
    `<p class="muted">${words.keep(dayOf(until, language))}</p>`;
  return { language, title: subject, company, aside: words.request(number), body };
}

/** The link that led here is over; its holder may have another one mailed. */
export function overPage(
  { number, ticket, path }: Pick<TicketPage, 'number' | 'ticket' | 'path'>,
  isAsked: boolean,
): Page {
  const { language, companyName: company } = ticket;
  const words = ticketWords[language];
  const aside = words.request(number);
  const body = isAsked
    ? `<div class="card"><h1>${words.seeMail}</h1><p role="status">${words.onItsWay}</p></div>`
    : `<div class="card"><h1>${words.overTitle}</h1><p>${words.over}</p>` +
      `<form method="post" action="${escapeHtml(path)}/link"><button>${words.again}</button>` +
      '</form></div>';
  const title = isAsked ? words.seeMail : words.overTitle;
  return { language, title, company, aside, body };
}

function noticeOf({ did }: TicketPage, words: TicketWords): string {
  if (did === null) return '';
  if (did === 'nothing') {
    return `<p class="notice problem" role="alert">${words.empty}</p>`;
  }
  return `<p class="notice" role="status">${words[did]}</p>`;
}

function mailHtml(mail: CustomerMail, { path, ticket }: TicketPage, words: TicketWords): string {
  const { isTheirs, direction, from, at, text, files } = mail;
  const who = isTheirs ? words.you : from === '' ? words.somebody : from;
  const items = files.map(
    ({ id, filename, bytes }) =>
      `<li><a href="${escapeHtml(path)}/files/${encodeURIComponent(id)}">` +
      `${escapeHtml(filename)}</a> <span class="muted">${sizeOf(bytes)}</span></li>`,
  );
  return (
    `<li${direction === 'out' ? ' class="ours"' : ''}><div class="who">` +
    `<strong>${escapeHtml(who)}</strong> <time class="muted" datetime="${escapeHtml(at)}">` +
    `${timeOf(at, ticket.language)}</time></div>` +
    `<div class="said">${plainTextToHtml(text.trim())}</div>` +
    (items.length === 0 ? '' : `<ul class="files">${items.join('')}</ul>`) +
    '</li>'
  );
}

function answerForm({ path, form, limits, ticket }: TicketPage, words: TicketWords): string {
  const { attachmentBytesMax, mailBytesMax } = limits;
  const files = words.files(sizeOf(attachmentBytesMax), sizeOf(mailBytesMax));
  const heading = ticket.state === 'solved' ? words.answerSolved : words.answer;
  return (
    `<form class="card" method="post" action="${escapeHtml(path)}/answer" ` +
    `enctype="multipart/form-data"><h2>${heading}</h2>` +
    `<input type="hidden" name="form" value="${escapeHtml(form)}">` +
    `<label for="text">${words.message}</label>` +
    '<textarea id="text" name="text" rows="6"></textarea>' +
    `<label for="files">${files}</label><input id="files" type="file" name="files" multiple>` +
    `<button>${words.send}</button></form>`
  );
}

function settleForm({ path }: TicketPage, words: TicketWords): string {
  return (
    `<form class="card" method="post" action="${escapeHtml(path)}/solved">` +
    `<p>${words.settleHint}</p><button class="quiet">${words.settle}</button></form>`
  );
}

const LOCALES: Record<Language, string> = { en: 'en-GB', sv: 'sv-SE' };

/** In UTC, as the mails say it: nobody knows where the reader is. */
function timeOf(at: string, language: Language): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(LOCALES[language], style).format(Date.parse(at))} UTC`;
}

function dayOf(at: number, language: Language): string {
  const style = { dateStyle: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(LOCALES[language], style).format(at);
}

const KIB = 1_024;

/** As limits are counted: 10 MB is 10 × 1,024 × 1,024 bytes. */
function sizeOf(bytes: number): string {
  if (bytes < KIB) return `${bytes} B`;
  if (bytes < KIB * KIB) return `${Math.round(bytes / KIB)} kB`;
  return `${Math.round((bytes / KIB / KIB) * 10) / 10} MB`;
}
