import type { ErrorCode } from '../../domain/errors.ts';
import type { Language } from '../../domain/languages.ts';
import type { Page } from './page.ts';

interface Said {
  title: string;
  text: string;
}

type Known = 'not_found' | 'link_over' | 'rate_limited' | 'too_large' | 'type_not_allowed' | 'away';

const WORDS: Record<Language, Record<Known | 'wrong' | 'gone' | 'again', Said>> = {
  en: {
    not_found: {
      title: 'There is no such page',
      text: 'See that all of the link was copied, or answer the mail that it came with.',
    },
    link_over: {
      title: 'This link is too old',
      text: 'Answer the mail that it came with, and we will read it.',
    },
    rate_limited: { title: 'That was too often', text: 'Wait a few minutes and try again.' },
    too_large: {
      title: 'That was too much',
      text: 'The files are larger than we can take. Go back and send less at once.',
    },
    type_not_allowed: {
      title: 'We do not take such files',
      text: 'Programs are not taken. Go back and send something else.',
    },
    away: {
      title: 'That did not work just now',
      text: 'Nothing is lost. Go back and try again in a moment.',
    },
    wrong: {
      title: 'That did not work',
      text: 'Go back and try again, or answer the mail that the link came with.',
    },
    gone: { title: 'This is not there any more', text: 'It may have been taken away.' },
    again: {
      title: 'That did not work',
      text: 'Go back, look at what you filled in, and try again.',
    },
  },
  sv: {
    not_found: {
      title: 'Sidan finns inte',
      text: 'Kontrollera att hela länken kom med, eller svara på mejlet som den stod i.',
    },
    link_over: {
      title: 'Länken är för gammal',
      text: 'Svara på mejlet som den stod i, så läser vi det.',
    },
    rate_limited: { title: 'Det blev för ofta', text: 'Vänta några minuter och försök igen.' },
    too_large: {
      title: 'Det blev för mycket',
      text: 'Filerna är större än vi kan ta emot. Gå tillbaka och skicka mindre åt gången.',
    },
    type_not_allowed: {
      title: 'Sådana filer tar vi inte emot',
      text: 'Program tas inte emot. Gå tillbaka och skicka något annat.',
    },
    away: {
      title: 'Det gick inte just nu',
      text: 'Inget har gått förlorat. Gå tillbaka och försök igen om en stund.',
    },
    wrong: {
      title: 'Det gick inte',
      text: 'Gå tillbaka och försök igen, eller svara på mejlet som länken stod i.',
    },
    gone: { title: 'Det här finns inte längre', text: 'Det kan ha tagits bort.' },
    again: {
      title: 'Det gick inte',
      text: 'Gå tillbaka, se över det du fyllde i och försök igen.',
    },
  },
};

/** Why there is nothing to see or nothing was done, in words for customers. */
export function problemPage(code: ErrorCode, language: Language): Page {
  return pageOf(WORDS[language][kindOf(code)], language);
}

/** The same for plain forms that no mail led to. */
export function formProblemPage(code: ErrorCode, language: Language): Page {
  const kind = kindOf(code);
  const words = WORDS[language];
  if (kind === 'not_found') return pageOf(words.gone, language);
  return pageOf(kind === 'wrong' ? words.again : words[kind], language);
}

function pageOf({ title, text }: Said, language: Language): Page {
  const body = `<div class="card"><h1>${title}</h1><p>${text}</p></div>`;
  return { language, title, company: '', body };
}

function kindOf(code: ErrorCode): Known | 'wrong' {
  switch (code) {
    case 'not_found':
    case 'link_over':
    case 'rate_limited':
    case 'too_large':
    case 'type_not_allowed':
      return code;
    case 'unavailable':
      return 'away';
    default:
      return 'wrong';
  }
}
