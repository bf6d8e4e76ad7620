import type { Language } from '../languages.ts';
import { maskOf } from './masks.ts';
import type { Mask } from './masks.ts';
import { namesPattern } from './personal-names.ts';
import type { People } from './personal-names.ts';

/** Letters that nobody sees, which would hide a name from its pattern. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;

/** The signs that Unicode leaves to everybody, of which a mail has none that counts. */
const HELD = /[\u{E000}-\u{F8FF}]/gu;
const ASIDE = 0xe000;
const ASIDE_MAX = 0xf8ff - ASIDE;

// Whoever writes to a desk chooses what the patterns below are tried on: each of their parts ends
// somewhere, so that the time is a few looks for each letter.
const ADDRESS =
  /(?:mailto:)?[^\s<>()[\]{},;:"'|\\/]{1,200}@[^\s<>()[\]{},;:"'|\\/@]{1,255}\.\p{L}{2,63}/giu;

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'[\]]+/gi;

/** A part of a path that names one order, one customer or one session. */
const TELLING_PART = /\d{4}|^(?=.*\d)(?=.*[a-z])[\w-]{12,}$|^.{40,}$|@|%40/i;

/** Dates and times look like numbers of telephones, and tell of nobody. */
const DATE =
  /(?<![\d.-])(?:(?:19|20)\d{2}-[01]\d-[0-3]\d|[0-3]?\d[./][0-3]?\d[./](?:19|20)\d{2})(?![\d-])/g;

const WORD_OF_NUMBER =
  'order|orders|booking|invoice|receipt|customer|reference|ref|case|ticket|tracking|serial|' +
  'account|konto|ordern?|ordernummer|beställning|beställningsnummer|faktura|fakturanummer|' +
  'kundnummer|kvitto|ärende|ärendenummer|referens|bokning|bokningsnummer|kolli|serienummer';

/** "order no. 4711", "faktura nr A-77": short ones too, since the word says what they are. */
const NAMED_NUMBER = new RegExp(
  `(?<![\\p{L}])((?:${WORD_OF_NUMBER})` +
    `(?:[\\s-]{0,8}(?:number|no|nr|num|id|nummer)\\b\\.?)?\\s{0,8}[:#]?\\s{0,8})` +
    `(?=[\\p{L}\\d-]{3})(?=[\\p{L}\\d-]{0,100}\\d)[\\p{L}\\d]+(?:[-/][\\p{L}\\d]+)*`,
  'giu',
);

/** Seven digits and more with what people put between them. */
const GROUPED =
  /(?<![\p{L}\d])(?:\+|\(\+?)?\d(?:[^\S\n]?[().\-/–]{0,2}[^\S\n]?\d){6,}(?![\p{L}\d])/gu;

/** Five digits and more in one word, alone or among letters. */
const CODE =
  /(?<![\p{L}\d])[#№]?(?=(?:\p{L}{0,40}-?\d){5})[\p{L}\d]+(?:-[\p{L}\d]+)*(?![\p{L}\d])|#\d{3,}/gu;

const CAPITAL = "\\p{Lu}[\\p{L}.'’-]{0,40}";
const STREET_EN =
  'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Square|Place|Boulevard|Blvd|' +
  'Terrace|Crescent|Gardens|Hill|Row|Mews|Way|Park|Grove';
const STREET_SV =
  'gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|allén|allé|backen|leden|platsen|plan';
const STREETS: readonly RegExp[] = [
  new RegExp(
    `(?<![\\p{L}\\d])\\d{1,5}[A-Za-z]?,?\\s{1,8}(?:${CAPITAL}\\s{1,8}){1,3}(?:${STREET_EN})\\b\\.?`,
    'gu',
  ),
  new RegExp(
    `(?<![\\p{L}])(?:${CAPITAL}\\s{1,8})?\\p{Lu}?\\p{L}{0,40}(?:${STREET_SV})` +
      '\\s{1,8}\\d{1,4}(?:\\s?[A-Za-z])?(?![\\p{L}\\d])',
    'gu',
  ),
  /(?<![\p{L}])\p{Lu}\p{L}{0,40}(?:straße|strasse|str\.)\s{1,8}\d{1,4}[A-Za-z]?/gu,
  /(?<![\p{L}])(?:P\.?\s?O\.?\s)?Box\s+\d{1,6}(?!\d)/gu,
  // Codes of the post with their town: Swedish, British, American.
  /(?<![\d\p{L}])(?:SE?-)?\d{3}\s?\d{2}\s{1,8}\p{Lu}\p{L}{1,40}/gu,
  /(?<![\p{L}\d])(?:\p{Lu}\p{L}{1,40},?\s{1,8})?[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])(?:\p{Lu}\p{L}{1,40},?\s{1,8})?[A-Z]{2}\s\d{5}(?:-\d{4})?(?![\p{L}\d])/gu,
];

/** What the company has itself, which tells of nobody. */
export interface OwnPlaces {
  addresses: readonly string[];
  /** What they begin with. */
  links: readonly string[];
}

/** Twice the same in a row is one thing: a name and a surname, a street and its town. */
const REPEATED = /(\[[\p{L}-]+\])(?:[ \t,.&-]{0,8}\1)+/gu;
/** Blanks that the patterns above would not look past. */
const WIDE = /[^\S\n]{9,}/g;
const BRACKETED = /<(\[[\p{L}-]+\])>/gu;

/**
 * A text without what tells who wrote it or whom it is about: each such place is masked, so that a
 * person sees where to look. What is the company's own stays.
 */
export function stripPersonal(
  text: string,
  { people, own, language }: { people: People; own: OwnPlaces; language: Language },
): string {
  const mask = (what: Mask) => maskOf(what, language);
  const kept: string[] = [];
  // What stays leaves the text while numbers are looked for; a sign of nobody's holds its place.
  const aside = (words: string) =>
    kept.length < ASIDE_MAX ? String.fromCodePoint(ASIDE + kept.push(words) - 1) : '';
  const ownAddresses = new Set(own.addresses.map((address) => address.toLowerCase()));
  const names = namesPattern(people);
  let stripped = text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(HELD, '')
    .replace(WIDE, '        ')
    .replace(LINK, (link) =>
      own.links.some((begin) => link.startsWith(begin))
        ? aside(link)
        : strippedLink(link, names, { mask: mask('link'), aside }),
    )
    .replace(ADDRESS, (address) =>
      ownAddresses.has(address.toLowerCase()) ? aside(address) : mask('email'),
    );
  if (names) {
    stripped = stripped.replace(names.anyCase, mask('name')).replace(names.capital, mask('name'));
  }
  for (const street of STREETS) stripped = stripped.replace(street, mask('address'));
  stripped = stripped
    .replace(DATE, aside)
    .replace(GROUPED, (number) => mask(/^[+(0]/.test(number) ? 'phone' : 'number'))
    .replace(NAMED_NUMBER, `$1${mask('number')}`)
    .replace(CODE, mask('number'))
    .replace(BRACKETED, '$1')
    .replace(REPEATED, '$1');
  return stripped.replace(HELD, (sign) => kept[(sign.codePointAt(0) ?? 0) - ASIDE] ?? '');
}

/** Without what follows a question mark; masked when its path tells of one person's thing. */
function strippedLink(
  link: string,
  names: ReturnType<typeof namesPattern>,
  { mask, aside }: { mask: string; aside: (words: string) => string },
): string {
  const end = /[.,;:!?)]{1,8}$/.exec(link)?.[0] ?? '';
  const [bare = ''] = link.slice(0, link.length - end.length).split(/[?#]/);
  const [, ...parts] = bare.replace(/^https?:\/\//i, '').split('/');
  const telling =
    /^https?:\/\/[^/]*@/i.test(bare) ||
    parts.some((part) => TELLING_PART.test(part)) ||
    (names !== null && (bare.search(names.anyCase) >= 0 || bare.search(names.capital) >= 0));
  return (telling ? mask : aside(bare)) + end;
}
