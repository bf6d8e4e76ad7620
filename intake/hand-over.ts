import { RefusedError } from '../domain/errors.ts';
import { isDatabaseAway } from '../database/errors.ts';
import { notifyMails } from '../database/queries/live.ts';
import { setOutcome } from '../database/queries/ledger-outcome.ts';
import { leaseMail, markWrittenByUs, releaseMail } from '../database/queries/mail-rows.ts';
import type { MailRow } from '../database/rows.ts';
import { FirstMailUnreadError } from './agent-mail.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { BlobsAwayError } from '../mail/blob-store.ts';
import { ScanFailedError, ScannerAwayError } from '../mail/scanning/clamd.ts';
import { grpcCodeOf, isNotReached } from './grpc-errors.ts';
import { TAKEN_OUT, prepareMail } from './prepare-mail.ts';

/**
 * Parses a stored mail and hands it to its ticket, after the caller has acknowledged it. Failures
 * are logged and left to the sweep: the mail is in the ledger.
 */
export function handOverSoon(
  dependencies: IntakeDependencies,
  company: string,
  mail: MailRow,
): void {
  const { handOvers, logger } = dependencies;
  const work = async () => {
    try {
      await handOver(dependencies, mail);
      return { isHandedOver: true };
    } catch (error) {
      logger.warn({ err: error, company, mail: mail.id }, 'a mail waits for the next sweep');
      return { isHandedOver: false };
    }
  };
  handOvers.add({ company, id: mail.id, work });
}

/**
 * After so many tries of about twenty minutes together a mail that meets a mistake of ours is a
 * person's. An outage of the database or of Temporal is none, however long it takes.
 */
export const TRIES_MAX = 8;

/** A try that nobody came back from, since its process died; the mail itself may have done it. */
export const LOST_TRIES_MAX = 2 * TRIES_MAX;

/**
 * Takes a mail in hand that was stored but not handed over. What fails for a reason of ours is
 * tried again by later sweeps, and parked in the end.
 * @throws when Temporal or the virus scanner is away: the mail is given back untried, and the
 *   others need not be tried
 */
export async function handOverPending(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
): Promise<void> {
  const { database, logger } = dependencies;
  const mail = await database.withCompany(company, (trx) => leaseMail(trx, id));
  if (!mail) return;
  const { attempts: tries } = mail;
  try {
    if (mail.message === null && tries > LOST_TRIES_MAX) throw new LostTriesError();
    await handOver(dependencies, mail);
  } catch (error) {
    if (isNotReached(error) || error instanceof ScannerAwayError) {
      await database.withCompany(company, (trx) => releaseMail(trx, id));
      throw error;
    }
    logger.warn({ err: error, company, mail: id, tries }, 'a mail was not handed over');
    const isTriedEnough = tries >= TRIES_MAX || mail.reason === TAKEN_OUT;
    if (isTriedEnough && isOurMistake(error)) await park(dependencies, mail, error);
  }
}

class LostTriesError extends Error {
  override name = 'LostTriesError';
  override message = 'no try to take it in came to an end';
}

/** Parts that come back, or that decide themselves when they have been asked often enough. */
const waitsForOthers = [BlobsAwayError, ScannerAwayError, ScanFailedError, FirstMailUnreadError];

/** Whether trying it again at another time is of no use. */
function isOurMistake(error: unknown): boolean {
  if (waitsForOthers.some((kind) => error instanceof kind)) return false;
  if (error instanceof RefusedError) return error.refusal.code !== 'unavailable';
  return !isDatabaseAway(error) && grpcCodeOf(error) === null;
}

/** The source stays with the mail; what went wrong may name what people wrote, and is logged. */
async function park(
  { database, logger }: IntakeDependencies,
  { company, id, attempts }: MailRow,
  error: unknown,
): Promise<void> {
  const what = error instanceof LostTriesError ? error.message : 'a mistake of ours kept it out';
  const reason = `${what} (tried ${attempts} times); the server's log knows it as mail ${id}`;
  try {
    await database.withCompany(company, async (trx) => {
      await setOutcome(trx, id, 'parked', reason);
      await notifyMails(trx);
    });
  } catch (worse) {
    logger.error({ err: worse, company, mail: id }, 'a mail could not be parked');
  }
}

/** The same at once, for somebody who waits; what does not work now is left to the sweep. */
export async function handOverNow(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
): Promise<void> {
  try {
    await handOverPending(dependencies, company, id);
  } catch (error) {
    dependencies.logger.warn({ err: error, company, mail: id }, 'a mail waits for the next sweep');
  }
}

/** Parses a stored mail and hands it to its ticket. @throws when that is to be tried again */
export async function handOver(dependencies: IntakeDependencies, mail: MailRow): Promise<void> {
  const prepared = await prepareMail(dependencies, mail);
  if (!prepared) return;
  if (mail.import_as !== null) await markOurs(dependencies, mail);
  const first = prepared.isNewTicket ? ({ state: 'new', team: prepared.team } as const) : undefined;
  const { company } = mail;
  if (prepared.answer) return sendAnswer(dependencies, mail, prepared.ticket, prepared.answer);
  await dependencies.workflows.receive({ company, number: prepared.ticket }, mail.id, first);
}

/** A mail of an archive that we wrote stands on our side of the conversation. */
async function markOurs({ database }: IntakeDependencies, mail: MailRow): Promise<void> {
  await database.withCompany(mail.company, (trx) => markWrittenByUs(trx, mail));
}

/**
 * Queues what an agent answered from an own mail program. The command's id is the mail's, so that
 * it counts once; a ticket that refuses it leaves the mail to a person.
 */
async function sendAnswer(
  { database, workflows }: IntakeDependencies,
  mail: MailRow,
  ticket: number,
  { message, agent }: { message: string; agent: string },
): Promise<void> {
  const { company } = mail;
  let refusal: string | null = null;
  try {
    const argument = { message, by: agent, id: mail.id };
    await workflows.command({ company, number: ticket }, 'reply', argument);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.code === 'unavailable') throw error;
    refusal = error.refusal.message;
  }
  await database.withCompany(company, async (trx) => {
    await (refusal === null
      ? setOutcome(trx, mail.id, 'added', "an agent's answer, from an own mail program")
      : setOutcome(trx, mail.id, 'parked', `an agent's answer that could not go out: ${refusal}`));
    await notifyMails(trx);
  });
}
