import type { CompanyTransaction } from '../../database/client.ts';
import { isDatabaseAway } from '../../database/errors.ts';
import { setOutcome } from '../../database/queries/ledger-outcome.ts';
import { notifyMails } from '../../database/queries/live.ts';
import { lockTicket } from '../../database/queries/ticket-log.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { Command } from '../../domain/ticket/commands.ts';
import { actorOf } from '../../domain/ticket/decision.ts';
import type { EventBody } from '../../domain/ticket/events.ts';
import { emptyTicket } from '../../domain/ticket/ticket.ts';
import type { RecordInput, RecordOutput } from '../../workflows/messages.ts';
import { append } from './append.ts';
import { commandHash } from './command-hash.ts';
import { output } from './output.ts';
import type { RecordDependencies } from './record-dependencies.ts';

/** Of the reference that ties a ticket's history to the server's log. */
const REFERENCE_LENGTH_MAX = 200;

/** Keeps a command that cannot be recorded from blocking its ticket: the next one goes on. */
export async function giveUp(
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
    await database.withCompany(company, async (trx) => {
      await park(trx, command, reference);
      await notifyMails(trx);
    });
    return { seq: knownSeq, news: { events: [] }, outcome: { refusal } };
  }
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
  if (ticket.seq === 0) {
    await notifyMails(trx);
    return output(trx, input, ticket, { refusal });
  }
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
