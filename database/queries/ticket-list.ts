import { selectAssembled } from '../assembled.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { readTicketItems } from './ticket-item.ts';
import type { TicketItem } from './ticket-item.ts';
import { filterConditions } from './ticket-filter.ts';
import type { TicketFilter } from './ticket-filter.ts';
import { bareNumber, readPassages } from './ticket-text-search.ts';
import { viewCondition, viewStates } from './views.ts';
import type { Condition, ViewName } from './views.ts';

export const ticketSorts = ['newest', 'waiting'] as const;
export type TicketSort = (typeof ticketSorts)[number];

export interface TicketListRequest extends PageRequest {
  view: ViewName;
  sort: TicketSort;
  filter: TicketFilter;
}

/** A ticket of a list; where words were sought, with the passage of a mail that has one. */
export type FoundTicket = TicketItem & { passage?: string | null };

interface KeyRow {
  number: number;
  activity: string | null;
  waiting: string | null;
}

/**
 * One page of a view as `agent` sees it, by key: tickets that move meanwhile shift nothing. The
 * ticket whose number is all that is sought comes before all others.
 */
export async function listTickets(
  trx: CompanyTransaction,
  agent: string,
  request: TicketListRequest,
): Promise<Page<FoundTicket>> {
  const { filter, cursor } = request;
  const exact = filter.q === undefined ? null : bareNumber(filter.q);
  const only =
    exact === null || cursor !== null ? [] : await pickTicket(trx, agent, request, exact);
  const others: Condition[] =
    exact === null ? [] : [{ sql: 't.number <> ?::int', bindings: [exact] }];
  // A page of one would have no key to go on from behind the ticket that comes first.
  const limit = Math.max(request.limit - only.length, 1);
  const page = await pageOfKeys(trx, agent, { ...request, limit }, others);
  const numbers = [...only, ...page.items.map((row) => row.number)];
  const items = await readTicketItems(trx, agent, numbers);
  if (filter.q === undefined) return { items, nextCursor: page.nextCursor };
  const passages = await readPassages(trx, filter.q, numbers);
  const found = items.map((item) => ({ ...item, passage: passages.get(item.number) ?? null }));
  return { items: found, nextCursor: page.nextCursor };
}

async function pickTicket(
  trx: CompanyTransaction,
  agent: string,
  request: TicketListRequest,
  number: number,
): Promise<number[]> {
  const asked = { ...request, filter: { ...request.filter, number }, limit: 1 };
  return (await pageOfKeys(trx, agent, asked, [])).items.map((row) => row.number);
}

async function pageOfKeys(
  trx: CompanyTransaction,
  agent: string,
  { view, sort, limit, cursor, filter }: TicketListRequest,
  more: readonly Condition[],
): Promise<Page<KeyRow>> {
  const conditions = [viewCondition(view, agent), ...filterConditions(filter, agent), ...more];
  const states = viewStates[view].filter((state) => filter.state?.includes(state) ?? true);
  const ranges = rangesOf(sort, cursor).map((range) =>
    rangeQuery(range, states, conditions, limit),
  );
  const rows = await selectAssembled<KeyRow>(
    trx,
    `select k.number, k.activity, k.waiting
     from (${ranges.map(({ sql }) => sql).join('\nunion all\n')}) k
     order by k.ours_since asc nulls last, case when k.ours_since is not null then k.number end,
       k.last_message_at desc, k.number desc
     limit ?`,
    [...ranges.flatMap(({ bindings }) => bindings), limit + 1],
  );
  return pageOf(rows, limit, sort, ({ number, activity, waiting }) =>
    sort === 'newest' ? [activity, number] : [waiting, activity, number],
  );
}

/** Tickets that follow each other in an index. */
interface Range {
  which: Condition[];
  order: 'newest' | 'waiting';
  /** The column that puts these before the others; null: none does. */
  before: 't.waiting_since' | 'null::timestamptz';
}

/** One walk through an index for each state, so that "all" needs no sort of everything. */
function rangeQuery(
  { which, order, before }: Range,
  states: string[],
  conditions: readonly Condition[],
  limit: number,
): Condition {
  const all = [...which, ...conditions];
  return {
    sql: `select r.* from unnest(?::text[]) states(state) cross join lateral (
       select t.number, t.last_message_at, ${before} as ours_since,
         ${exactTime('t.last_message_at')} as activity, ${exactTime('t.waiting_since')} as waiting
       from ticket t
       where t.state = states.state ${all.map(({ sql }) => `and ${sql}`).join('\n')}
       order by ${orders[order]} limit ?
     ) r`,
    bindings: [states, ...all.flatMap(({ bindings }) => bindings), limit + 1],
  };
}

/** As the indexes have them; a first mail that leaves later has no activity yet and comes first. */
const orders = {
  newest: 't.last_message_at desc, t.number desc',
  waiting: 't.waiting_since, t.number',
} as const;

/** Microseconds too, which the way through JavaScript would cut and so skip a row. */
export function exactTime(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/**
 * Newest: by the newest message. Waiting: those who wait for us, longest first, and then the others
 * by their newest message.
 */
function rangesOf(sort: TicketSort, cursor: string | null): Range[] {
  const key = cursor === null ? null : readCursor(cursor, sort);
  const since = key !== null && sort === 'waiting' ? key.timeOrNull() : null;
  const after = key === null ? null : { activity: key.timeOrNull(), number: key.number() };
  const newer = after === null ? [] : [afterActivity(after.activity, after.number)];
  if (sort === 'newest') return [{ which: newer, order: 'newest', before: 'null::timestamptz' }];
  const theirs = { sql: 't.waiting_since is null', bindings: [] };
  const rest = { order: 'newest', before: 'null::timestamptz' } as const;
  if (after !== null && since === null) return [{ ...rest, which: [theirs, ...newer] }];
  const ours: Condition[] = [{ sql: 't.waiting_since is not null', bindings: [] }];
  if (after !== null) {
    const sql = '(t.waiting_since, t.number) > (?::timestamptz, ?::int)';
    ours.push({ sql, bindings: [since, after.number] });
  }
  return [
    { which: ours, order: 'waiting', before: 't.waiting_since' },
    { ...rest, which: [theirs] },
  ];
}

function afterActivity(activity: string | null, number: number): Condition {
  return activity === null
    ? { sql: '(t.last_message_at is not null or t.number < ?::int)', bindings: [number] }
    : {
        sql: '(t.last_message_at, t.number) < (?::timestamptz, ?::int)',
        bindings: [activity, number],
      };
}
