import type { Language } from '../../domain/languages.ts';
import { escapeHtml } from '../html.ts';

const WORDS: Record<Language, string> = {
  en: 'See your request and add to it',
  sv: 'Se ditt ärende och lägg till något',
};

/** The link to the customer's page of a ticket. */
export function pageLinkText(page: string, language: Language): string {
  return `${WORDS[language]}: ${page}`;
}

export function pageLinkHtml(page: string, language: Language): string {
  return `<a href="${escapeHtml(page)}">${WORDS[language]}</a>`;
}
