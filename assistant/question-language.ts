import type { Language } from '../domain/languages.ts';

/** Words that stand in nearly every sentence of one language and of no other here. */
const telling: { readonly [language in Language]: ReadonlySet<string> } = {
  en: new Set(
    (
      'the and is are was to of my your you we it this that with have has can could do does did ' +
      'not how what where when why which please would an from been will get a i'
    ).split(' '),
  ),
  sv: new Set(
    (
      'och är att det som en ett på jag du ni vi inte har hade kan kunde med för av till hur vad ' +
      'var när varför vilken min mitt mina er era den de om så från skulle vill får fick'
    ).split(' '),
  ),
};

/** One language has to have so many more telling words than the other. */
const LEAD_MIN = 1;

/** Null when a text is too short or neither. */
export function questionLanguage(text: string): Language | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (language: Language) =>
    words.filter((word) => telling[language].has(word)).length +
    (language === 'sv' && /[åäö]/i.test(text) ? 1 : 0);
  const [en, sv] = [count('en'), count('sv')];
  if (Math.abs(en - sv) < LEAD_MIN) return null;
  return en > sv ? 'en' : 'sv';
}
