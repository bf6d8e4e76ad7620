import type { FoundCustomer } from '../api/list-types.ts';
import type { Agent, Label, Mailbox, Named } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { IconName } from '../icons/icon-name.ts';
import { daysAgo, readDay } from './filter-days.ts';
import { STATES, type Filter, type FilterKey } from './filters.ts';
import type { View } from './views.ts';

/** What one filters by; a kind of date stands for two filters, "since" and "before". */
export const KINDS = [
  'label',
  'customer',
  'owner',
  'team',
  'mailbox',
  'state',
  'turn',
  'unread',
  'waiting',
  'created',
  'last',
  'solved',
  'solver',
  'number',
] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_ICONS = {
  label: 'tag',
  customer: 'person',
  owner: 'people',
  team: 'people',
  mailbox: 'mail',
  state: 's-open',
  turn: 'in',
  unread: 'mail',
  waiting: 's-pending',
  created: 'calendar',
  last: 'calendar',
  solved: 'calendar',
  solver: 's-solved',
  number: 'search',
} as const satisfies Record<Kind, IconName>;

/** A filter that can be chosen from what was typed. */
export interface Offer {
  kind: Kind;
  text: string;
  filter: Filter;
  /** What stays typed when it is taken. */
  rest: string;
}

/** What there is to choose from. */
export interface Material {
  labels: readonly Label[];
  agents: readonly Agent[];
  teams: readonly Named[];
  mailboxes: readonly Mailbox[];
  /** Those whose name or address has the word that is being typed. */
  customers: readonly FoundCustomer[];
}

/** Of each kind of day the filters "since" and "before". */
export const DAY_KEYS = {
  created: ['createdFrom', 'createdBefore'],
  last: ['lastFrom', 'lastBefore'],
  solved: ['solvedFrom', 'solvedBefore'],
} as const satisfies Partial<Record<Kind, readonly [FilterKey, FilterKey]>>;

/** The kinds that make sense for a view: who solved a ticket, only where solved ones stand. */
export function kindsOf(view: View): Kind[] {
  const solved = view === 'solved' || view === 'search';
  return KINDS.filter((kind) => {
    if (kind === 'state') return view === 'search';
    if (kind === 'solved' || kind === 'solver') return solved;
    return view !== 'solved' || (kind !== 'turn' && kind !== 'waiting');
  });
}

/** Everything of one kind that fits what was typed. */
export function offersOf(
  kind: Kind,
  typed: string,
  material: Material,
  now: number,
  say: Speech,
): Omit<Offer, 'rest'>[] {
  const of = (key: FilterKey, value: string, text: string) => ({
    kind,
    text,
    filter: { key, value },
  });
  const { list } = say.t;
  const fitting = <Item>(items: readonly Item[], name: (item: Item) => string) =>
    items.filter((item) => fits(name(item), typed));
  const people = () => fitting(material.agents, (agent) => `${agent.name} ${agent.email}`);
  switch (kind) {
    case 'label':
      return fitting(material.labels, ({ name }) => name).map((l) => of('label', l.id, l.name));
    case 'customer':
      return fitting(material.customers, (c) => `${c.name} ${c.email}`).map((c) =>
        of('customer', c.id, c.name === '' ? c.email : `${c.name} (${c.email})`),
      );
    case 'owner':
      return people().map((agent) => of('owner', agent.id, agent.name));
    case 'solver':
      return people().map((agent) => of('solver', agent.id, agent.name));
    case 'team':
      return fitting(material.teams, ({ name }) => name).map((t) => of('team', t.id, t.name));
    case 'mailbox':
      return fitting(material.mailboxes, (box) => `${box.address} ${box.name ?? ''}`).map((box) =>
        of('mailbox', box.id, box.address),
      );
    case 'state':
      return fitting(STATES, (state) => list.states[state]).map((state) =>
        of('state', state, list.states[state]),
      );
    case 'turn':
      return fitting(['ours', 'customer'] as const, (turn) => list.turns[turn]).map((turn) =>
        of('turn', turn, list.turns[turn]),
      );
    case 'unread':
      return fitting(['true', 'false'] as const, (is) => list.unreads[is]).map((is) =>
        of('unread', is, list.unreads[is]),
      );
    case 'waiting':
      return hoursFrom(typed).map((hours) =>
        of('waitingHours', String(hours), list.overHours(hours)),
      );
    case 'number':
      return /^#?[1-9]\d{0,8}$/.test(typed)
        ? [of('number', typed.replace('#', ''), `#${typed.replace('#', '')}`)]
        : [];
    case 'created':
    case 'last':
    case 'solved':
      return daysFrom(typed, now, say).flatMap(({ at, text }) => [
        of(DAY_KEYS[kind][0], at, list.since(text)),
        of(DAY_KEYS[kind][1], at, list.before(text)),
      ]);
  }
}

/** Waits that people ask for; a typed number is as many hours. */
const USUAL_HOURS = [1, 4, 8, 24, 72];

function hoursFrom(typed: string): number[] {
  if (typed === '') return USUAL_HOURS;
  const [, hours] = /^([1-9]\d{0,3})\D{0,8}$/.exec(typed) ?? [];
  return hours === undefined || Number(hours) > 8760 ? [] : [Number(hours)];
}

const USUAL_DAYS_AGO = [0, 7, 30, 90];

function daysFrom(typed: string, now: number, say: Speech): { at: string; text: string }[] {
  if (typed !== '') {
    const at = readDay(typed, now, say);
    return at === null ? [] : [{ at, text: say.dates.shortDay(Date.parse(at)) }];
  }
  return USUAL_DAYS_AGO.map((days) => {
    const at = daysAgo(days, now, say);
    return { at, text: say.dates.shortDay(Date.parse(at)) };
  });
}

/** Whether each typed word begins a word of the name, capital letters and accents or not. */
export function fits(name: string, typed: string): boolean {
  const words = plain(name).split(/[\s@.,()_-]+/);
  const whole = plain(name);
  return plain(typed)
    .split(/\s+/)
    .every((part) => whole.startsWith(part) || words.some((word) => word.startsWith(part)));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
