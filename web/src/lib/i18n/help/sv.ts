import { counted } from '../counted.ts';
import type { HelpWords } from './en.ts';

export const swedish: HelpWords = {
  locale: 'sv-SE',
  help: 'Hjälp',
  skip: 'Till innehållet',
  languages: 'Språk',
  breadcrumbs: 'Du är här',
  foot: (company) => `Hjälp från ${company}`,
  home: {
    title: (company) => `${company} – hjälp`,
    heading: 'Vad kan vi hjälpa dig med?',
    description: (company) => `Svar på frågor som kunder ställer till ${company}.`,
    other: 'Fler artiklar',
    articles: (n) => counted(n, 'artikel', 'artiklar'),
  },
  search: {
    label: 'Sök bland hjälpartiklarna',
    placeholder: 'Sök efter ett svar',
    go: 'Sök',
    title: (words) => `Sökning: ${words}`,
    found: (n, words) => `${counted(n, 'svar', 'svar')} på ”${words}”`,
    nothing: (words) => `Inget hittades för ”${words}”`,
    advice: 'Prova färre eller andra ord, eller titta bland alla artiklar.',
    all: 'Alla artiklar',
  },
  article: {
    updated: (date) => `Uppdaterad ${date}`,
    related: 'Liknande artiklar',
  },
  vote: {
    question: 'Hjälpte det här dig?',
    yes: 'Ja',
    no: 'Nej',
    thanks: 'Tack för ditt svar.',
    sorry: 'Tack. Tråkigt att det inte hjälpte.',
    told: 'Tack. Det du skrev går till dem som skriver artiklarna.',
    missing: 'Vad saknades?',
    missingHint: 'Du får inget svar på det här. Skriv inga namn eller nummer.',
    send: 'Skicka',
    trap: 'Lämna det här tomt',
  },
  missing: {
    title: 'Finns inte',
    heading: 'Den här sidan finns inte',
    article: 'Artikeln kan ha flyttats eller tagits bort. Sök efter den eller titta bland alla.',
    company: 'Det finns inga hjälpsidor på den här adressen. Kontrollera att den är rätt skriven.',
  },
  failed: {
    title: 'Kunde inte visas',
    heading: 'Sidan kunde inte visas',
    later: 'Något gick fel. Försök igen om en stund.',
    busy: 'Många sidor har hämtats på kort tid. Vänta en minut och försök igen.',
  },
};
