import type { Speech } from '../i18n/speech.ts';
import { KINDS, kindsOf, offersOf, type Kind, type Material, type Offer } from './offers.ts';
import type { View } from './views.ts';

/** Of one kind and of all: more would cover the list that is being searched. */
const OF_A_KIND_MAX = 3;
const OFFERS_MAX = 8;
/** A single letter begins half of all names. */
const TYPED_MIN = 2;
/** Names of people and labels have so many words at most that are typed in one go. */
const NAME_WORDS_MAX = 3;

interface Typing {
  typed: string;
  view: View;
  material: Material;
  now: number;
  say: Speech;
}

/** Kinds whose values are words: only these are offered unasked, the others by their name. */
const UNASKED: readonly Kind[] = [
  'label',
  'customer',
  'owner',
  'team',
  'mailbox',
  'created',
  'solved',
  'solver',
  'state',
];

/**
 * The filters that the end of what was typed may mean: `label:dam` by its kind's name, else the
 * last words as the name of something, the longest first.
 */
export function typedOffers(typing: Typing): Offer[] {
  const named = namedKind(typing);
  if (named !== null) return named;
  const words = typing.typed.trimStart().split(/\s+/);
  const offers: Offer[] = [];
  for (let count = Math.min(words.length, NAME_WORDS_MAX); count > 0; count--) {
    const tail = words.slice(-count).join(' ');
    if (tail.length < TYPED_MIN) continue;
    const rest = words.slice(0, -count).join(' ');
    for (const kind of kindsOf(typing.view)) {
      if (UNASKED.includes(kind)) offers.push(...some(typing, kind, tail, rest));
    }
  }
  return unique(offers).slice(0, OFFERS_MAX);
}

/** The word that customers are looked up by while it is typed; '' for none. */
export function soughtCustomer(typed: string): string {
  const word =
    typed
      .trim()
      .split(/[\s:]+/)
      .at(-1) ?? '';
  return word.length < TYPED_MIN ? '' : word;
}

function namedKind(typing: Typing): Offer[] | null {
  const [, before = '', rest = ''] = /^(.*?):\s*([^:]*)$/u.exec(typing.typed) ?? [];
  if (before === '') return null;
  const kinds = kindsOf(typing.view);
  const lower = before.toLowerCase();
  for (const kind of kinds) {
    for (const name of [typing.say.t.list.filters[kind].toLowerCase(), kind]) {
      if (lower !== name && !lower.endsWith(` ${name}`)) continue;
      const kept = before.slice(0, before.length - name.length).trim();
      const { material, now, say } = typing;
      return offersOf(kind, rest.trim(), material, now, say)
        .slice(0, OFFERS_MAX)
        .map((offer) => ({ ...offer, rest: kept }));
    }
  }
  return null;
}

function some({ material, now, say }: Typing, kind: Kind, typed: string, rest: string): Offer[] {
  return offersOf(kind, typed, material, now, say)
    .slice(0, OF_A_KIND_MAX)
    .map((offer) => ({ ...offer, rest }));
}

/** The same filter by more words leaves fewer of them behind: the first one stays. */
function unique(offers: Offer[]): Offer[] {
  const seen = new Set<string>();
  return offers
    .filter(({ filter }) => {
      const id = `${filter.key} ${filter.value}`;
      return !seen.has(id) && seen.add(id);
    })
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}
