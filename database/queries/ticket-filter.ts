import type { RatingScore } from '../../domain/ratings.ts';
import type { TicketState } from '../../domain/ticket/ticket.ts';
import type { Knex } from '../client.ts';
import { textCondition } from './ticket-text-search.ts';
import type { Condition } from './views.ts';

export const turns = ['ours', 'customer'] as const;
export type Turn = (typeof turns)[number];

/** What a list is narrowed to; ids of nothing give an empty list. Dates are ISO 8601. */
export interface TicketFilter {
  /** Names or ids; the ticket has all of them. */
  label?: string[];
  /** The ticket is in one of them. */
  state?: TicketState[];
  q?: string;
  team?: string;
  /** Its address or its id. */
  mailbox?: string;
  customer?: string;
  owner?: string;
  /** The agent who solved it. */
  solver?: string;
  number?: number;
  turn?: Turn;
  /** What its customer said last of the help. */
  rating?: RatingScore;
  /** Whether the agent who asks has something of the customer's to read. */
  unread?: boolean;
  /** It has waited for us for this long or longer. */
  waitingHours?: number;
  createdFrom?: string;
  createdBefore?: string;
  /** The last message. */
  lastFrom?: string;
  lastBefore?: string;
  solvedFrom?: string;
  solvedBefore?: string;
}

/** Filters that compare one column with what was given. */
const columnFilters = {
  team: 't.team = ?',
  customer: `t.customer = (select coalesce(k.merged_into, k.id) from customer k
    where k.company = t.company and k.id = ?)`,
  owner: 't.owner = ?',
  solver: 't.solved_by = ?',
  number: 't.number = ?::int',
  // By the number too, whose index leads from the few ratings to their tickets.
  rating: `exists (select from ticket_rating k where k.company = t.company
    and k.ticket = t.number and k.id = t.rating and k.score = ?)`,
  waitingHours: `t.waiting_since <= now() - ?::int * interval '1 hour'`,
  createdFrom: 't.created_at >= ?::timestamptz',
  createdBefore: 't.created_at < ?::timestamptz',
  lastFrom: 't.last_message_at >= ?::timestamptz',
  lastBefore: 't.last_message_at < ?::timestamptz',
  solvedFrom: 't.solved_at >= ?::timestamptz',
  solvedBefore: 't.solved_at < ?::timestamptz',
} as const satisfies Partial<Record<keyof TicketFilter, string>>;

const hasLabel = `exists (select from ticket_label i
  where i.company = t.company and i.ticket = t.number and i.label in (
    select l.id from label l where lower(l.name) = lower(?) or l.id = ?))`;

const inMailbox = `t.mailbox in (
  select b.id from mailbox b where b.id = ? or lower(b.address) = lower(?))`;

/** As a row of a list says it (ticket-item.ts): who answered a ticket has read it. */
const isUnread = `t.last_customer_seq > greatest(
  coalesce((select r.seq from ticket_read r
    where r.company = t.company and r.ticket = t.number and r.agent = ?), 0),
  case when t.folded->'lastReply'->>'writer' = ?
    then (t.folded->'lastReply'->>'seq')::int else 0 end)`;

/** What a ticket has to be for `agent` to find it; `state` is left to the caller's ranges. */
export function filterConditions(filter: TicketFilter, agent: string): Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, ...bindings: Knex.RawBinding[]) => conditions.push({ sql, bindings });
  for (const name of columnFilterNames) {
    const value = filter[name];
    if (value !== undefined) add(columnFilters[name], value);
  }
  for (const label of filter.label ?? []) add(hasLabel, label, label);
  if (filter.mailbox !== undefined) add(inMailbox, filter.mailbox, filter.mailbox);
  if (filter.turn !== undefined) {
    add(`t.waiting_since is ${filter.turn === 'ours' ? 'not null' : 'null'}`);
  }
  if (filter.unread !== undefined) add(`(${isUnread}) = ?`, agent, agent, filter.unread);
  if (filter.q !== undefined) conditions.push(...textCondition(filter.q));
  return conditions;
}

const columnFilterNames = [
  'team',
  'customer',
  'owner',
  'solver',
  'number',
  'rating',
  'waitingHours',
  'createdFrom',
  'createdBefore',
  'lastFrom',
  'lastBefore',
  'solvedFrom',
  'solvedBefore',
] as const satisfies readonly (keyof typeof columnFilters)[];
