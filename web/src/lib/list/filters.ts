/** What a list can be narrowed to; the words of addresses and of GET /tickets. */
export const FILTER_KEYS = [
  'label',
  'state',
  'customer',
  'owner',
  'team',
  'mailbox',
  'turn',
  'unread',
  'waitingHours',
  'createdFrom',
  'createdBefore',
  'lastFrom',
  'lastBefore',
  'solvedFrom',
  'solvedBefore',
  'solver',
  'number',
] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

export interface Filter {
  key: FilterKey;
  value: string;
}

export const STATES = ['new', 'open', 'pending', 'solved'] as const;

/** Of these a list can have several: a ticket has all the labels, and is in one of the states. */
const SEVERAL: readonly FilterKey[] = ['label', 'state'];

const isWhole = (value: string) => /^[1-9]\d{0,8}$/.test(value);
const isTime = (value: string) =>
  /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
const isName = (value: string) => value.trim() !== '' && value.length <= 200;
const isOneOf = (words: readonly string[]) => (value: string) => words.includes(value);

/** A link that somebody wrote by hand may say anything: what the API would refuse is left out. */
const FITS: Record<FilterKey, (value: string) => boolean> = {
  label: isName,
  state: isOneOf(STATES),
  customer: isName,
  owner: isName,
  team: isName,
  mailbox: isName,
  turn: isOneOf(['ours', 'customer']),
  unread: isOneOf(['true', 'false']),
  waitingHours: (value) => isWhole(value) && Number(value) <= 8760,
  createdFrom: isTime,
  createdBefore: isTime,
  lastFrom: isTime,
  lastBefore: isTime,
  solvedFrom: isTime,
  solvedBefore: isTime,
  solver: isName,
  number: isWhole,
};

/** The filters of an address, in their order: that is how their chips stand. */
export function readFilters(search: URLSearchParams): Filter[] {
  let filters: Filter[] = [];
  for (const [word, value] of search) {
    const key = FILTER_KEYS.find((known) => known === word);
    if (key !== undefined && FITS[key](value)) filters = withFilter(filters, { key, value });
  }
  return filters;
}

/** With one more; where only one of its kind can be, it takes the place of the other. */
export function withFilter(filters: readonly Filter[], added: Filter): Filter[] {
  if (filters.some((filter) => isSame(filter, added))) return [...filters];
  const place = filters.findIndex(({ key }) => key === added.key);
  if (place < 0 || SEVERAL.includes(added.key)) return [...filters, added];
  return filters.with(place, added);
}

export function withoutFilter(filters: readonly Filter[], gone: Filter): Filter[] {
  return filters.filter((filter) => !isSame(filter, gone));
}

export function isSame(one: Filter, other: Filter): boolean {
  return one.key === other.key && one.value === other.value;
}

/** As GET /tickets takes them: each word with all its values. */
export function filterFields(filters: readonly Filter[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { key, value } of filters) fields[key] = [...(fields[key] ?? []), value];
  return fields;
}
