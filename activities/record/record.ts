import { together } from '../../database/client.ts';
import type { CompanyTransaction } from '../../database/client.ts';
import { isDatabaseAway, isDuplicate } from '../../database/errors.ts';
import { markExchangeTaken } from '../../database/queries/exchanges.ts';
import { takeRecipients } from '../../database/queries/sent-mail.ts';
import { parkRefused, setOutcome } from '../../database/queries/ledger-outcome.ts';
import { lockTicket, readRecorded } from '../../database/queries/ticket-log.ts';
import type { Recorded } from '../../database/queries/ticket-log.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { Command } from '../../domain/ticket/commands.ts';
import { decide } from '../../domain/ticket/decide.ts';
import { actorOf } from '../../domain/ticket/decision.ts';
import type { EventBody, TicketEvent } from '../../domain/ticket/events.ts';
import { emptyTicket } from '../../domain/ticket/ticket.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { RecordInput, RecordOutput } from '../../workflows/messages.ts';
import { append } from './append.ts';
import { commandHash } from './command-hash.ts';
import { followUp, linkBack } from './follow-up.ts';
import { giveUp } from './give-up.ts';
import { output } from './output.ts';
import { readFacts } from './read-facts.ts';
import type { RecordDependencies } from './record-dependencies.ts';

/** A row that is there already this often is not a race but a command that cannot be done. */
const ATTEMPTS_MAX = 20;

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

async function recordIn(
  trx: CompanyTransaction,
  dependencies: RecordDependencies,
  input: RecordInput,
): Promise<RecordOutput> {
  const { number, from } = input;
  const [locked, recorded] = await together([
    lockTicket(trx, number),
    readRecorded(trx, number, input.command.id),
  ]);
  const ticket = locked ?? emptyTicket(number);
  const hash = commandHash(input.command);
  const known = await recordedBefore(trx, input, hash, recorded);
  if ('done' in known) return output(trx, input, ticket, known.done);
  const { command } = known;
  const facts = await readFacts(trx, ticket, command, dependencies);
  // What is in an archive took place when it was sent.
  const now = facts.mail?.imported?.at ?? new Date().toISOString();
  const decision = decide(ticket, command, facts, now);
  if ('refusal' in decision) {
    const { refusal } = decision;
    if (command.type === 'receive') {
      // Nothing but a person brings it on: a sweep would bring it again and again.
      const reason = `the ticket did not take it: ${refusal.message}`;
      await parkRefused(trx, { mail: command.mail, ticket: number }, reason);
    }
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
  await settleMail(trx, ticket, command, after.events, facts.mail?.bounce ?? null);
  if (command.type === 'deflect') await markExchangeTaken(trx, command.exchange);
  if (command.type === 'resend' && command.to !== undefined) {
    await takeRecipients(trx, command.message, command.to);
  }
  return output(trx, input, after.ticket, { events: after.events });
}

/** Same id and same question: what was recorded. Same id, another question: another command. */
async function recordedBefore(
  trx: CompanyTransaction,
  input: RecordInput,
  hash: string,
  recorded: Recorded | null,
): Promise<{ done: RecordOutput['outcome'] } | { command: Command }> {
  const { command, number } = input;
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
  const again = await readRecorded(trx, number, renamed.id);
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

/** Writes the mail's outcome into the ledger, in the transaction that took it. */
async function settleMail(
  trx: CompanyTransaction,
  before: Ticket,
  command: Command,
  events: readonly TicketEvent[],
  bounce: { message: { id: string } } | null,
): Promise<void> {
  if (command.type !== 'receive') return;
  await linkBack(trx, before.number, command.mail, events);
  const received = events.find((event) => event.type === 'received');
  if (!received) return;
  const where = `ticket ${before.number}`;
  if (bounce) {
    // Its reason is what the other side said, known since it was parsed.
    await setOutcome(trx, command.mail, 'bounce', null);
  } else if (before.seq === 0) {
    await setOutcome(trx, command.mail, 'new_ticket', null);
  } else if (received.automatic && !received.imported) {
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
