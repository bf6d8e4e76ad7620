import { createContext } from 'svelte';
import { Dates } from '../time/dates.ts';
import type { Words } from './en/index.ts';
import { LOCALES, type Language } from './language.ts';

/** How the console speaks to this agent: its words, and its way to write times. */
export interface Speech {
  language: Language;
  /** Every text of the console, by the part of it that says them. */
  t: Words;
  dates: Dates;
}

/** The words of one language; the others are not loaded. */
async function loadWords(language: Language): Promise<Words> {
  if (language === 'sv') return (await import('./sv/index.ts')).words;
  return (await import('./en/index.ts')).words;
}

/** `timeZone` is an IANA name; null means the browser's. */
export async function loadSpeech(language: Language, timeZone: string | null): Promise<Speech> {
  const t = await loadWords(language);
  return { language, t, dates: new Dates(LOCALES[language], timeZone, t.time) };
}

export const [useSpeech, provideSpeech] = createContext<Speech>();
