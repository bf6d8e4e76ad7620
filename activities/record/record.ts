import { isDatabaseAway, isDuplicate } from '../../database/errors.ts';
import type { CompanyTransaction, Database } from '../../database/client.ts';
import { insertDeskMessage } from '../../database/queries/desk-messages.ts';
import { beginFollowUp, setOutcome } from '../../database/queries/ledger-outcome.ts';
import { project } from '../../database/queries/project.ts';
import {
  appendEvents,
  lockTicket,
  readEvents,
  readRecorded,
} from '../../database/queries/ticket-log.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { Command } from '../../domain/ticket/commands.ts';
import { decide } from '../../domain/ticket/decide.ts';
import { actorOf } from '../../domain/ticket/decision.ts';
import { fold } from '../../domain/ticket/evolve.ts';
import type { EventBody, TicketEvent } from '../../domain/ticket/events.ts';
import { emptyTicket } from '../../domain/ticket/ticket.ts';
import type { Actor, Ticket } from '../../domain/ticket/ticket.ts';
import type { RecordInput, RecordOutput } from '../../workflows/messages.ts';
import { commandHash } from './command-hash.ts';
import { readFacts } from './read-facts.ts';

export interface RecordDependencies {
  database: Database;
  /** Milliseconds that a solved ticket waits for the customer, where the company set none. */
  reopenWindowMs: number;
  logger: { error(facts: object, message: string): void };
}

/** More news than this travel as the whole state: a history entry stays small. */
const NEWS_EVENTS_MAX = 50;

/** A row that is there already this often is not a race but a command that cannot be done. */
const ATTEMPTS_MAX = 20;

/** Of the reference that ties a ticket's history to the server's log. */
const REFERENCE_LENGTH_MAX = 200;

/**
 * The one place where a ticket's log grows: decides on the row's state in one transaction,
 * appends, projects, and tells the workflow what it does not know yet (durability.md, 2).
 * Doing it again returns what was recorded.
 * @throws only what a retry can mend: the database is away or busy
 */
export async function record(
  dependencies: RecordDependencies,
  input: RecordInput,
  attempt: number,
): Promise<RecordOutput> {
  const { database } = dependencies;
  try {
    return await database.withCompany(input.company, (trx) => recordIn(trx, dependencies, input));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    if (isDuplicate(error) && attempt < ATTEMPTS_MAX) throw error;
    return giveUp(dependencies, input, error);
  }
}

/** Keeps a command that cannot be recorded from blocking its ticket: the next one goes on. */
async function giveUp(
  { database, logger }: RecordDependencies,
  input: RecordInput,
  error: unknown,
): Promise<RecordOutput> {
  const { company, number, command, knownSeq } = input;
  const reference = `${command.type}-${command.id}`.slice(0, REFERENCE_LENGTH_MAX);
  const where = { company, ticket: number, reference };
  logger.error({ err: error, ...where }, 'a command cannot be recorded');
  const refusal: Refusal = {
    code: 'internal',
    message: `The command could not be recorded; the server's log knows it as ${reference}.`,
  };
  try {
    return await database.withCompany(company, (trx) => reject(trx, input, refusal, reference));
  } catch (worse) {
    if (isDatabaseAway(worse)) throw worse;
    logger.error({ err: worse, ...where }, 'nor can that be recorded');
    await database.withCompany(company, (trx) => park(trx, command, reference));
    return { seq: knownSeq, news: { events: [] }, outcome: { refusal } };
  }
}

async function recordIn(
  trx: CompanyTransaction,
  dependencies: RecordDependencies,
  input: RecordInput,
): Promise<RecordOutput> {
  const { number, from } = input;
  const ticket = (await lockTicket(trx, number)) ?? emptyTicket(number);
  const hash = commandHash(input.command);
  const known = await recordedBefore(trx, ticket, input, hash);
  if ('done' in known) return output(trx, input, ticket, known.done);
  const { command } = known;
  const facts = await readFacts(trx, ticket, command, dependencies);
  const now = new Date().toISOString();
  const decision = decide(ticket, command, facts, now);
  if ('refusal' in decision) {
    const { refusal } = decision;
    if (from !== 'signal' || ticket.seq === 0) return output(trx, input, ticket, { refusal });
    const by = actorOf(command);
    const made = { bodies: [rejection(command, refusal)], by, command: command.id, hash, at: now };
    const after = await append(trx, ticket, made);
    return output(trx, input, after.ticket, { refusal });
  }
  const bodies = 'followUp' in decision ? await followUp(trx, ticket, command) : decision.events;
  if (bodies.length === 0) return output(trx, input, ticket, { events: [] });
  const by = actorOf(command, facts);
  const after = await append(trx, ticket, { bodies, by, command: command.id, hash, at: now });
  await settleMail(trx, ticket, command, bodies, facts.mail?.bounce ?? null);
  return output(trx, input, after.ticket, { events: after.events });
}

/** Same id and same question: what was recorded. Same id, another question: another command. */
async function recordedBefore(
  trx: CompanyTransaction,
  ticket: Ticket,
  input: RecordInput,
  hash: string,
): Promise<{ done: RecordOutput['outcome'] } | { command: Command }> {
  const { command } = input;
  if (ticket.seq === 0) return { command };
  const recorded = await readRecorded(trx, ticket.number, command.id);
  if (!recorded || isAskedAgain(input, recorded.events)) return { command };
  if (recorded.hash === hash) return { done: { events: recorded.events } };
  if (input.from === 'update') {
    const refusal: Refusal = {
      code: 'idempotency_mismatch',
      message: 'This idempotency key was used for another command; use a new key.',
    };
    return { done: { refusal } };
  }
  const renamed: Command = { ...command, id: `${command.id}#${hash}` };
  const again = await readRecorded(trx, ticket.number, renamed.id);
  return again ? { done: { events: again.events } } : { command: renamed };
}

/**
 * What failed for a reason of ours is tried anew when it is asked for again: a mail that was parked
 * and is attached now, a button that is pressed once more. A signal is only ever redelivered.
 */
function isAskedAgain({ command, from }: RecordInput, recorded: readonly TicketEvent[]): boolean {
  const failed = recorded.every((event) => event.type === 'rejected');
  return failed && (from === 'update' || command.type === 'receive');
}

/** Events to be, all of one command at one moment. */
interface Made {
  bodies: readonly EventBody[];
  by: Actor;
  command: string;
  hash: string;
  at: string;
}

async function append(
  trx: CompanyTransaction,
  before: Ticket,
  { bodies, by, command, hash, at }: Made,
): Promise<{ ticket: Ticket; events: TicketEvent[] }> {
  const events = bodies.map((body, index): TicketEvent => ({
    ...body,
    seq: before.seq + index + 1,
    at,
    by,
    command,
  }));
  const after = fold(before, events);
  await appendEvents(trx, before.number, events, hash);
  await project(trx, before, after, events);
  for (const event of events) {
    if (event.type === 'queued' && event.upTo !== null) {
      await insertDeskMessage(trx, before.number, event);
    }
  }
  return { ticket: after, events };
}

async function followUp(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
): Promise<EventBody[]> {
  if (command.type !== 'receive') throw new Error(`${command.type} cannot begin a follow-up`);
  const number = await beginFollowUp(trx, command.mail, ticket.number);
  return [{ type: 'followedUp', ticket: number, mail: command.mail }];
}

/** Writes the mail's outcome into the ledger, in the transaction that took it. */
async function settleMail(
  trx: CompanyTransaction,
  before: Ticket,
  command: Command,
  bodies: readonly EventBody[],
  bounce: { message: { id: string } } | null,
): Promise<void> {
  if (command.type !== 'receive') return;
  const received = bodies.find((body) => body.type === 'received');
  if (!received) return;
  const where = `ticket ${before.number}`;
  if (bounce) {
    await setOutcome(trx, command.mail, 'bounce', `delivery report of a mail in ${where}`);
  } else if (before.seq === 0) {
    await setOutcome(trx, command.mail, 'new_ticket', null);
  } else if (received.automatic) {
    await setOutcome(trx, command.mail, 'automatic', `automatic answer in ${where}`);
  } else {
    await setOutcome(trx, command.mail, 'added', null);
  }
}

function rejection(command: Command, refusal: Refusal): EventBody {
  const name = command.type === 'malformed' ? command.name : command.type;
  const reason = command.type === 'malformed' ? command.reason : refusal.code;
  return { type: 'rejected', name, code: refusal.code, reason };
}

/** Records that a command failed for a reason of ours; its mail is parked, the next one goes on. */
async function reject(
  trx: CompanyTransaction,
  input: RecordInput,
  refusal: Refusal,
  reference: string,
): Promise<RecordOutput> {
  const { number, command } = input;
  const ticket = (await lockTicket(trx, number)) ?? emptyTicket(number);
  await park(trx, command, reference);
  if (ticket.seq === 0) return output(trx, input, ticket, { refusal });
  const body: EventBody = {
    type: 'rejected',
    name: command.type,
    code: refusal.code,
    reason: reference,
  };
  const after = await append(trx, ticket, {
    bodies: [body],
    by: actorOf(command),
    command: command.id,
    hash: commandHash(command),
    at: new Date().toISOString(),
  });
  return output(trx, input, after.ticket, { refusal });
}

async function park(trx: CompanyTransaction, command: Command, reference: string): Promise<void> {
  if (command.type !== 'receive') return;
  await setOutcome(trx, command.mail, 'parked', `it could not be recorded (${reference})`);
}

async function output(
  trx: CompanyTransaction,
  input: RecordInput,
  ticket: Ticket,
  outcome: RecordOutput['outcome'],
): Promise<RecordOutput> {
  const { knownSeq } = input;
  const { seq } = ticket;
  if (seq - knownSeq > NEWS_EVENTS_MAX) return { seq, news: { ticket }, outcome };
  const fresh = 'events' in outcome ? outcome.events : [];
  const covered = fresh[0]?.seq === knownSeq + 1 && fresh.at(-1)?.seq === seq;
  const after = { after: knownSeq };
  const events =
    seq === knownSeq ? [] : covered ? fresh : await readEvents(trx, ticket.number, after);
  return { seq, news: { events }, outcome };
}
