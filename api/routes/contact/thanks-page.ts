import type { Language } from '../../../domain/languages.ts';
import { escapeHtml } from '../../../mail/html.ts';

const WORDS = {
  en: {
    title: 'Thank you',
    received: 'We have received your message and will answer you by mail.',
    number: (n: number) => `It is kept under number ${n}.`,
  },
  sv: {
    title: 'Tack',
    received: 'Vi har tagit emot ditt meddelande och svarar dig med mejl.',
    number: (n: number) => `Det har nummer ${n}.`,
  },
} as const satisfies Record<Language, object>;

/** What a person sees who sent a form from a plain page, which has no script to say it. */
export function thanksPage(company: string, number: number, language: Language): string {
  const words = WORDS[language];
  return (
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    '<meta name="color-scheme" content="light dark">' +
    `<title>${words.title} · ${escapeHtml(company)}</title></head>\n` +
    `<body><main><h1>${words.title}</h1><p>${words.received}</p>` +
    `<p>${words.number(number)}</p><p>${escapeHtml(company)}</p></main></body></html>\n`
  );
}
