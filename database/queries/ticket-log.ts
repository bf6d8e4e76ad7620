import { fold } from '../../domain/ticket/evolve.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import { emptyTicket, TICKET_VERSION } from '../../domain/ticket/ticket.ts';
import type { Actor, Ticket } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { EventBody } from '../../domain/ticket/events.ts';

interface LogRow {
  seq: number;
  at: string;
  actor: Actor;
  command: string;
  data: EventBody;
}

/**
 * Locks a ticket until the transaction ends and gives its state; null while it has no event.
 * A state that an older program folded is folded anew from the log.
 */
export async function lockTicket(trx: CompanyTransaction, number: number): Promise<Ticket | null> {
  const rows = await select<{ folded: Ticket; state_version: number; customer: string | null }>(
    trx,
    `select folded, state_version, customer from ticket
     where company = ? and number = ? for update`,
    [trx.company, number],
  );
  const row = rows[0];
  if (!row) return null;
  if (row.state_version === TICKET_VERSION) return row.folded;
  const ticket = fold(emptyTicket(number), await readEvents(trx, number, { after: 0 }));
  return { ...ticket, customer: row.customer };
}

/** A ticket's events in order, after a seq. */
export async function readEvents(
  trx: CompanyTransaction,
  number: number,
  range: { after: number; limit?: number },
): Promise<TicketEvent[]> {
  const rows = await select<LogRow>(
    trx,
    `select seq, at, actor, command, data from ticket_event
     where company = ? and ticket = ? and seq > ? order by seq limit ?`,
    [trx.company, number, range.after, range.limit ?? null],
  );
  return rows.map(asEvent);
}

/** What a command led to before, and the hash of what it asked then. */
export interface Recorded {
  events: TicketEvent[];
  hash: string;
}

/** Null for a fresh command. */
export async function readRecorded(
  trx: CompanyTransaction,
  number: number,
  command: string,
): Promise<Recorded | null> {
  const rows = await select<LogRow & { command_hash: string }>(
    trx,
    `select seq, at, actor, command, command_hash, data from ticket_event
     where company = ? and ticket = ? and command = ? order by seq`,
    [trx.company, number, command],
  );
  const first = rows[0];
  return first ? { events: rows.map(asEvent), hash: first.command_hash } : null;
}

/** Whether a ticket's log says that another one follows it up. */
export async function isFollowedUpBy(
  trx: CompanyTransaction,
  number: number,
  next: number,
): Promise<boolean> {
  const rows = await select<{ found: boolean }>(
    trx,
    `select exists (select from ticket_event where company = ? and ticket = ?
       and type = 'followedUp' and data->'ticket' = to_jsonb(?::int)) as found`,
    [trx.company, number, next],
  );
  return rows[0]?.found ?? false;
}

/** Appends to the log, and tells whoever listens once the transaction commits. */
export async function appendEvents(
  trx: CompanyTransaction,
  number: number,
  events: readonly TicketEvent[],
  hash: string,
): Promise<void> {
  const payload = JSON.stringify({ company: trx.company, ticket: number, seq: events.at(-1)?.seq });
  const rows = events.map(({ seq, at, by, command, ...data }) => ({
    seq,
    at,
    by,
    command,
    data,
  }));
  await select(
    trx,
    `with appended as (
       insert into ticket_event
         (company, ticket, seq, at, actor, command, command_hash, type, data)
       select ?, ?, (e->>'seq')::int, (e->>'at')::timestamptz, e->'by', e->>'command', ?,
         e->'data'->>'type', e->'data'
       from jsonb_array_elements(?::jsonb) e)
     select pg_notify('postkeep', ?)`,
    [trx.company, number, hash, JSON.stringify(rows), payload],
  );
}

/**
 * Takes the company's next ticket number; a number whose transaction fails is used again. Its row
 * is locked until the commit: who needs the customer too asks for that first, as everybody does, or
 * two of them wait crosswise.
 */
export async function allocateNumber(trx: CompanyTransaction): Promise<number> {
  const rows = await select<{ number: number }>(
    trx,
    `insert into ticket_counter (company, next) values (?, 2)
     on conflict (company) do update set next = ticket_counter.next + 1
     returning next - 1 as number`,
    [trx.company],
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error(`"${trx.company}" has no counter of tickets`);
  return number;
}

function asEvent(row: LogRow): TicketEvent {
  return { ...row.data, seq: row.seq, at: row.at, by: row.actor, command: row.command };
}
