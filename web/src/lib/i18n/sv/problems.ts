import type { State } from '../../api/types.ts';
import type { Words } from '../en/index.ts';
import { swedishValidation } from './validation-words.ts';

const STATES: Record<State | 'closed' | 'parked', string> = {
  new: 'nytt',
  open: 'öppet',
  pending: 'väntande',
  solved: 'löst',
  closed: 'stängt',
  parked: 'parkerat',
};

const inState = (state: string): string => {
  const known = Object.entries(STATES).find(([name]) => name === state);
  return known === undefined ? 'Det går inte just nu.' : `Det går inte: det är ${known[1]}.`;
};

const serverDown = (request: string): string =>
  `Servern kan inte göra det här just nu. Inget har gått förlorat, försök igen.${request}`;

export const problems: Words['problems'] = {
  byCode: {
    validation: ({ said, fields }) => swedishValidation(said, fields),
    unauthenticated: () => 'Du är utloggad. Logga in igen.',
    forbidden: () => 'Det får bara administratörer göra. Fråga någon av era.',
    not_found: () => 'Det finns inte, eller finns inte längre.',
    already_claimed: ({ owner }) => `${owner ?? 'En annan handläggare'} har tagit det här ärendet.`,
    already_exists: () => 'Det namnet eller den adressen är upptagen. Välj en annan.',
    not_allowed: ({ state, threat }) =>
      threat === null ? inState(state ?? '') : `Det hålls tillbaka: ${threat}.`,
    link_over: () => 'Länken gäller inte längre. Be om en ny.',
    too_late: () => 'Mejlet har redan gått iväg eller håller på att skickas.',
    news: () => 'Något nytt har kommit in sedan du började skriva. Läs det först.',
    too_large: ({ max }) =>
      max === null ? 'Det är för stort. Skicka mindre.' : `Det är för stort: högst ${max}.`,
    type_not_allowed: ({ threat }) =>
      threat === null
        ? 'Den sortens fil tas inte emot. Skicka en annan.'
        : `Filen tas inte emot: den innehåller ett virus, ${threat}.`,
    date_in_past: () => 'Den tiden har passerat. Välj en senare.',
    idempotency_mismatch: () => 'Det här skickades nyss med ett annat innehåll. Försök igen.',
    agent_inactive: () => 'Handläggaren är inaktiverad. Välj någon som är aktiv.',
    agent_required: () => 'Ett nytt ärende behöver en ansvarig för det här. Ta det först.',
    rate_limited: () => 'För många försök på kort tid. Vänta en minut.',
    internal: ({ request }) => serverDown(request),
    unavailable: ({ request }) => serverDown(request),
  },
  offline: 'Ingen kontakt med servern. Det du har skrivit finns kvar, försök igen.',
  answered: (status) => `Servern svarade ${status}.`,
  request: (id) => `Begäran ${id}.`,
  page: {
    missingTitle: 'Finns inte',
    failedTitle: 'Kunde inte laddas',
    missing: 'Det här finns inte',
    failed: 'Sidan kunde inte laddas',
    noPage: 'Ingen sida har den här adressen.',
    unknown: 'Något gick fel.',
    tryAgain: 'Försök igen',
    toOpen: 'Till Öppna',
  },
};
