/** The languages that the console speaks. */
export const LANGUAGES = ['en', 'sv'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words, as a choice of languages shows them. */
export const LANGUAGE_NAMES = { en: 'English', sv: 'Svenska' } as const satisfies Record<
  Language,
  string
>;

/** Of English, the one that writes days before months. */
export const LOCALES = { en: 'en-GB', sv: 'sv-SE' } as const satisfies Record<Language, string>;

const KEY = 'postkeep:language';

/** The first of the wished languages that there is; English when there is none. */
export function languageOf(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const found = LANGUAGES.find((language) => wish?.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** What was spoken last in this browser, else what the browser asks for: before anyone signs in. */
export function languageHere(): Language {
  return languageOf([storedLanguage(), ...navigator.languages]);
}

/** So that the sign-in page and the next start begin in this language. */
export function rememberLanguage(language: Language): void {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // A browser that keeps nothing asks the agent's profile again.
  }
}

/** From now on the browser's wish counts again. */
export function forgetLanguage(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
