import { selectAssembled } from '../assembled.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { readTicketItems } from './ticket-item.ts';
import type { TicketItem } from './ticket-item.ts';
import { textCondition } from './ticket-text-search.ts';
import { viewCondition, viewStates } from './views.ts';
import type { Condition, ViewName } from './views.ts';

export const ticketSorts = ['newest', 'waiting'] as const;
export type TicketSort = (typeof ticketSorts)[number];

/** What a list is narrowed to; ids of nothing give an empty list. Dates are ISO 8601. */
export interface TicketFilter {
  /** A label's name or id. */
  label?: string;
  q?: string;
  team?: string;
  customer?: string;
  owner?: string;
  /** The agent who solved it. */
  solver?: string;
  number?: number;
  createdFrom?: string;
  createdBefore?: string;
  solvedFrom?: string;
  solvedBefore?: string;
}

export interface TicketListRequest extends PageRequest {
  view: ViewName;
  sort: TicketSort;
  filter: TicketFilter;
}

interface KeyRow {
  number: number;
  activity: string | null;
  waiting: string | null;
}

/** One page of a view as `agent` sees it, by key: tickets that move meanwhile shift nothing. */
export async function listTickets(
  trx: CompanyTransaction,
  agent: string,
  request: TicketListRequest,
): Promise<Page<TicketItem>> {
  const { view, sort, limit, cursor } = request;
  const conditions = [viewCondition(view, agent), ...filters(request.filter)];
  const ranges = rangesOf(sort, cursor).map((range) =>
    rangeQuery(range, [...viewStates[view]], conditions, limit),
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
  const page = pageOf(rows, limit, sort, ({ number, activity, waiting }) =>
    sort === 'newest' ? [activity, number] : [waiting, activity, number],
  );
  const numbers = page.items.map((row) => row.number);
  return { items: await readTicketItems(trx, agent, numbers), nextCursor: page.nextCursor };
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

const columnFilters = {
  team: 't.team = ?',
  customer: 't.customer = ?',
  owner: 't.owner = ?',
  solver: 't.solved_by = ?',
  number: 't.number = ?::int',
  createdFrom: 't.created_at >= ?::timestamptz',
  createdBefore: 't.created_at < ?::timestamptz',
  solvedFrom: 't.solved_at >= ?::timestamptz',
  solvedBefore: 't.solved_at < ?::timestamptz',
} as const satisfies Partial<Record<keyof TicketFilter, string>>;

function filters(filter: TicketFilter): Condition[] {
  const conditions: Condition[] = [];
  const { label, q, ...columns } = filter;
  const add = (sql: string, value: string | number | undefined) => {
    if (value !== undefined) conditions.push({ sql, bindings: [value] });
  };
  add(columnFilters.team, columns.team);
  add(columnFilters.customer, columns.customer);
  add(columnFilters.owner, columns.owner);
  add(columnFilters.solver, columns.solver);
  add(columnFilters.number, columns.number);
  add(columnFilters.createdFrom, columns.createdFrom);
  add(columnFilters.createdBefore, columns.createdBefore);
  add(columnFilters.solvedFrom, columns.solvedFrom);
  add(columnFilters.solvedBefore, columns.solvedBefore);
  if (label !== undefined) {
    conditions.push({
      sql: `exists (select from ticket_label i
        where i.company = t.company and i.ticket = t.number and i.label in (
          select l.id from label l where lower(l.name) = lower(?) or l.id = ?))`,
      bindings: [label, label],
    });
  }
  if (q !== undefined) conditions.push(...textCondition(q));
  return conditions;
}
