import { select } from '../client.ts';
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
  const after = cursor === null ? [] : [afterCursor(sort, cursor)];
  const conditions = [viewCondition(view, agent), ...filters(request.filter), ...after];
  const rows = await select<KeyRow>(
    trx,
    // One range of the index for each state, so that "all" needs no sort of everything.
    `select k.number, k.activity, k.waiting
     from unnest(?::text[]) states(state) cross join lateral (
       select t.number, ${exactTime('t.last_message_at')} as activity,
         ${exactTime('t.waiting_since')} as waiting, t.last_message_at, t.waiting_since
       from ticket t
       where t.state = states.state
         and ${conditions.map((condition) => condition.sql).join('\n and ')}
       order by ${order(sort, 't')} limit ?
     ) k
     order by ${order(sort, 'k')} limit ?`,
    [
      [...viewStates[view]],
      ...conditions.flatMap((condition) => condition.bindings),
      limit + 1,
      limit + 1,
    ],
  );
  const page = pageOf(rows, limit, sort, ({ number, activity, waiting }) =>
    sort === 'newest' ? [activity, number] : [waiting, activity, number],
  );
  const numbers = page.items.map((row) => row.number);
  return { items: await readTicketItems(trx, agent, numbers), nextCursor: page.nextCursor };
}

/** Microseconds too, which the way through JavaScript would cut and so skip a row. */
export function exactTime(column: string): string {
  return `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/**
 * Newest: by the newest message; nulls (a first mail that leaves later) come first, as the index
 * has them. Waiting: those who wait for us, longest first, then the others by newest message.
 */
function order(sort: TicketSort, alias: string): string {
  const newest = `${alias}.last_message_at desc, ${alias}.number desc`;
  if (sort === 'newest') return newest;
  const ours = `${alias}.waiting_since is not null`;
  return `${alias}.waiting_since asc nulls last,
    case when ${ours} then ${alias}.number end, ${newest}`;
}

function afterCursor(sort: TicketSort, cursor: string): Condition {
  const key = readCursor(cursor, sort);
  const waiting = sort === 'waiting' ? key.timeOrNull() : null;
  const activity = key.timeOrNull();
  const number = key.number();
  if (waiting !== null) {
    return {
      sql: `(t.waiting_since is null or (t.waiting_since, t.number) > (?::timestamptz, ?::int))`,
      bindings: [waiting, number],
    };
  }
  const newer = afterActivity(activity, number);
  if (sort === 'newest') return newer;
  return { sql: `(t.waiting_since is null and ${newer.sql})`, bindings: newer.bindings };
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
