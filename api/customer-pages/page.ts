import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Language } from '../../domain/languages.ts';
import { escapeHtml } from '../../mail/html.ts';
import { POLICY, STYLE } from './style.ts';

export interface Page {
  language: Language;
  /** In words; what a browser calls it. */
  title: string;
  /** Whose page it is; '' while nobody knows. */
  company: string;
  /** Stands above, beside the company. */
  aside?: string;
  /** HTML; whatever people wrote in it is escaped. */
  body: string;
}

export function pageHtml({ language, title, company, aside = '', body }: Page): string {
  const name = company === '' ? '' : ` · ${escapeHtml(company)}`;
  const top =
    company === ''
      ? ''
      : `<header class="top"><strong>${escapeHtml(company)}</strong>` +
        `<span>${escapeHtml(aside)}</span></header>`;
  return (
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    '<meta name="robots" content="noindex, nofollow">' +
    `<title>${escapeHtml(title)}${name}</title><style>${STYLE}</style></head>\n` +
    `<body><main>${top}${body}</main></body></html>\n`
  );
}

/** Its address opens it: no other site, no cache and no search engine shall get to know that. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(pageHtml(page));
}

/** What a form leads to: the page again, so that loading it anew sends nothing twice. */
export function sendOn(reply: FastifyReply, path: string): FastifyReply {
  return reply.header('referrer-policy', 'no-referrer').redirect(path, 303);
}

/** For pages of which nobody knows the company. */
export function languageAsked(request: FastifyRequest): Language {
  return /^\s*sv\b/i.test(request.headers['accept-language'] ?? '') ? 'sv' : 'en';
}
