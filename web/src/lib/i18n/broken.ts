import { languageOf } from './language.ts';

const WORDS = {
  en: 'Something went wrong in this page. Reload it.',
  sv: 'Något gick fel på sidan. Ladda om den.',
} as const;

/** For a mistake of the console itself, which can happen where nothing else is known. */
export function brokenPage(): string {
  const page: { documentElement: { lang: string } } | undefined = globalThis.document;
  return WORDS[languageOf([page?.documentElement.lang])];
}
