/** Swedish words for times, said in the English that read-when.ts reads. */

/** Whole words only. */
const ENGLISH = new Map(
  Object.entries({
    in: ['om'],
    next: ['nästa'],
    at: ['kl', 'kl.', 'klockan'],
    one: ['en', 'ett'],
    today: ['idag'],
    tomorrow: ['imorgon', 'imorron'],
    overmorrow: ['övermorgon', 'overmorrow'],
    sunday: ['sön', 'sönd', 'söndag'],
    monday: ['mån', 'månd', 'måndag'],
    tuesday: ['tis', 'tisd', 'tisdag'],
    wednesday: ['ons', 'onsd', 'onsdag'],
    thursday: ['tors', 'torsd', 'torsdag'],
    friday: ['fre', 'fred', 'fredag'],
    saturday: ['lör', 'lörd', 'lördag'],
    january: ['januari'],
    february: ['februari'],
    march: ['mars'],
    may: ['maj'],
    june: ['juni'],
    july: ['juli'],
    august: ['augusti'],
    october: ['okt', 'oktober'],
    second: ['sek', 'sekund', 'sekunder'],
    minute: ['minut', 'minuter'],
    hour: ['t', 'tim', 'timme', 'timmar'],
    day: ['dag', 'dagar', 'dygn'],
    week: ['v', 'vecka', 'veckor'],
    month: ['månad'],
  }).flatMap(([english, swedish]) => swedish.map((word): [string, string] => [word, english])),
);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Two words that are one day. */
const DAYS: [string, string][] = [
  ['i dag', 'idag'],
  ['i morgon', 'imorgon'],
  ['i övermorgon', 'övermorgon'],
];

/** `words` is in lower case, with one space between words; what is not Swedish stays as it is. */
export function toEnglish(words: string): string {
  const joined = DAYS.reduce((text, [two, one]) => replaceStart(text, two, one), words);
  // "på fredag" and "den 27 november" say no more than without.
  const bare = joined.replace(/^(?:på|den) (?=.)/, '');
  return bare.split(' ').map(wordInEnglish).join(' ');
}

function replaceStart(text: string, start: string, by: string): string {
  return text === start || text.startsWith(`${start} `) ? by + text.slice(start.length) : text;
}

function wordInEnglish(word: string): string {
  const numbers = /^(\d{1,2})\/(\d{1,2})$/.exec(word);
  const month = MONTHS[Number(numbers?.[2] ?? 0) - 1];
  if (month !== undefined) return `${numbers?.[1] ?? ''} ${month}`;
  return ENGLISH.get(word) ?? word;
}
