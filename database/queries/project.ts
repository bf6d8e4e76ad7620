import { reminderId } from '../../domain/ids.ts';
import { nextDue } from '../../domain/ticket/armed.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import { isAgentsOwn, TICKET_VERSION } from '../../domain/ticket/ticket.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { holdCustomer } from './customer-now.ts';

/**
 * Brings the read tables up to `after`. What they hold is a function of the log and the content,
 * so that running this over the whole log gives the same rows.
 */
export async function project(
  trx: CompanyTransaction,
  before: Ticket,
  after: Ticket,
  events: readonly TicketEvent[],
): Promise<void> {
  // Looked at first: what throws beside a begun statement would leave that to nobody.
  const others = differ(before.participants, after.participants);
  const labels = differ(before.labels, after.labels);
  const ticket = before.seq === 0 ? await withCustomerNow(trx, after) : after;
  await together([
    projectTicket(trx, ticket),
    others ? projectParticipants(trx, after) : null,
    labels ? projectLabels(trx, after) : null,
    projectDeliveries(trx, after.number, events),
    projectReminders(trx, after.number, events),
  ]);
}

/** The log names the customer that a ticket was made for, who may be part of another one by now. */
async function withCustomerNow(trx: CompanyTransaction, ticket: Ticket): Promise<Ticket> {
  const { customer } = ticket;
  if (customer === null) return ticket;
  return { ...ticket, customer: (await holdCustomer(trx, customer)) ?? customer };
}

const ticketColumns = [
  'company',
  'number',
  'seq',
  'state_version',
  'folded',
  'state',
  'closed',
  'owner',
  'team',
  'customer',
  'mailbox',
  'waiting_since',
  'pending_until',
  'pended_by',
  'auto_solve_at',
  'solved_at',
  'solved_kind',
  'solved_by',
  'last_message_at',
  'last_customer_seq',
  'created_at',
  'next_due',
  'sending_since',
  'rating',
  'rating_agent',
  'rating_team',
] as const;

const changing = [...ticketColumns.slice(2), 'subject', 'snippet'];

const upsertTicket = `
insert into ticket (${ticketColumns.join(', ')}, subject, snippet)
values (${ticketColumns.map(() => '?').join(', ')},
  coalesce((select text from ticket_text where company = ? and id = ?), ''),
  coalesce((select snippet from message where company = ? and id = ?), ''))
on conflict (company, number) do update set
  ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}`;

async function projectTicket(trx: CompanyTransaction, ticket: Ticket): Promise<void> {
  const { company } = trx;
  await select(trx, upsertTicket, [
    company,
    ticket.number,
    ticket.seq,
    TICKET_VERSION,
    JSON.stringify(ticket),
    ticket.state,
    ticket.closed,
    ticket.owner,
    ticket.team,
    ticket.customer,
    ticket.mailbox,
    ticket.waitingSince,
    ticket.callback?.at ?? null,
    ticket.callback?.by ?? null,
    ticket.autoSolve?.at ?? null,
    ticket.solved?.at ?? null,
    ticket.solved?.kind ?? null,
    ticket.solved?.agent ?? null,
    ticket.lastMessageAt,
    ticket.lastCustomerSeq,
    ticket.createdAt,
    nextDue(ticket),
    sendingSince(ticket),
    ticket.rating?.id ?? null,
    ticket.rating?.agent ?? null,
    ticket.rating?.team ?? null,
    company,
    ticket.subject,
    company,
    ticket.lastMessage ?? waitingMessage(ticket),
  ]);
}

/** A ticket that an agent began shows in lists what is to leave, before anything has. */
function waitingMessage(ticket: Ticket): string | null {
  const own = Object.entries(ticket.sends).filter(([, { kind }]) => isAgentsOwn(kind));
  // By seq: what is read back from `folded` has its keys in another order.
  const [first] = own.sort(([, a], [, b]) => a.seq - b.seq);
  return first?.[0] ?? null;
}

/** Since when an attempt has been running, for the sweeper that looks for lost ones. */
function sendingSince(ticket: Ticket): string | null {
  const dates = Object.values(ticket.sends)
    .filter((send) => send.state === 'sending')
    .map((send) => send.startedAt ?? send.since ?? '');
  return dates.length === 0 ? null : dates.reduce((a, b) => (a < b ? a : b));
}

async function projectParticipants(trx: CompanyTransaction, ticket: Ticket): Promise<void> {
  await trx('ticket_participant').where({ company: trx.company, ticket: ticket.number }).delete();
  const rows = ticket.participants.map((agent) => ({
    company: trx.company,
    ticket: ticket.number,
    agent,
  }));
  if (rows.length > 0) await trx('ticket_participant').insert(rows);
}

async function projectLabels(trx: CompanyTransaction, ticket: Ticket): Promise<void> {
  await trx('ticket_label').where({ company: trx.company, ticket: ticket.number }).delete();
  const rows = ticket.labels.map((label) => ({
    company: trx.company,
    ticket: ticket.number,
    label,
  }));
  if (rows.length > 0) await trx('ticket_label').insert(rows);
}

async function projectDeliveries(
  trx: CompanyTransaction,
  ticket: number,
  events: readonly TicketEvent[],
): Promise<void> {
  for (const event of events) {
    const changed = deliveryColumns(event);
    if (!changed) continue;
    const key = { company: trx.company, message: changed.message };
    if ('kind' in changed) {
      const row = { ...key, ticket, ...changed, at: event.at };
      await trx('message_delivery').insert(row).onConflict(['company', 'message']).merge(changed);
    } else {
      await trx('message_delivery').where(key).update(changed);
    }
  }
}

function deliveryColumns(event: TicketEvent) {
  switch (event.type) {
    case 'queued': {
      const { message, kind, writer, leaveAt, at } = event;
      return { message, kind, writer, state: 'waiting', leave_at: leaveAt, next_at: null, at };
    }
    case 'sendStarted': {
      const { message, kind, attempt, at } = event;
      return { message, kind, state: 'sending', attempt, leave_at: null, next_at: null, at };
    }
    case 'delivery': {
      const { message, kind, outcome, attempt, next, at } = event;
      const state = outcome === 'arrived' ? 'sent' : outcome;
      return { message, kind, state, attempt, leave_at: null, next_at: next, at };
    }
    case 'sendCancelled':
      return { message: event.message, state: 'cancelled', leave_at: null, at: event.at };
    case 'sendMoved':
      return { message: event.message, leave_at: event.leaveAt, at: event.at };
    default:
      return null;
  }
}

async function projectReminders(
  trx: CompanyTransaction,
  ticket: number,
  events: readonly TicketEvent[],
): Promise<void> {
  const rows = events.flatMap((event) => {
    if (event.type !== 'reminded') return [];
    const { kind, at, seq } = event;
    return event.agents.map((agent) => ({
      company: trx.company,
      id: reminderId(ticket, seq, agent),
      agent,
      ticket,
      kind,
      at,
    }));
  });
  if (rows.length > 0) {
    await trx('reminder').insert(rows).onConflict(['company', 'id']).ignore();
  }
}

function differ(before: readonly string[], after: readonly string[]): boolean {
  return before.length !== after.length || before.some((id, index) => id !== after[index]);
}
