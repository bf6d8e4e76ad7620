import { rm } from 'node:fs/promises';

import { ApplicationFailure } from '@temporalio/common';
import { Context } from '@temporalio/activity';

import type { Database } from '../../database/client.ts';
import {
  beginAttempt,
  finishAttempt,
  lockAttempt,
  markHandedOver,
  renewLease,
} from '../../database/queries/send-attempts.ts';
import type { SendAttemptRow } from '../../database/rows.ts';
import type { SendResult, SmtpSender } from '../../mail/outbound/smtp-sender.ts';
import type { SendInput, SendOutput } from '../../workflows/messages.ts';
import type { MailboxSenders } from './mailbox-senders.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepare.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';

export interface SendDependencies extends PrepareDependencies {
  database: Database;
  /** The desk's own, for mailboxes that have none. */
  sender: SmtpSender;
  mailboxSenders?: MailboxSenders;
  logger: { error(facts: object, message: string): void };
}

/**
 * An attempt whose worker has not renewed this for so long is given up. It need not outlast the
 * SMTP conversation: handing over asks the row first, and a given-up row says no.
 */
const LEASE_MS = 20_000;

/** Renewing and beating well within the lease and the heartbeat timeout. */
const BEAT_MS = 4_000;

/** How long the outcome of an attempt is tried to be written when the database is away. */
const WRITE_TRIES = 10;
const WRITE_AGAIN_AFTER_MS = 1_000;

/**
 * One attempt to send one mail, at most once ever (durability.md, 13). The row of the attempt is
 * the truth: one that exists is never sent again, whoever asks.
 * @throws an ApplicationFailure of type `attempt_running` while another worker is at it
 */
export async function send(dependencies: SendDependencies, input: SendInput): Promise<SendOutput> {
  const { database } = dependencies;
  const { company, number: ticket, message, attempt } = input;
  const begun = await database.withCompany(company, (trx) =>
    beginAttempt(trx, { message, attempt, ticket, leaseMs: LEASE_MS }),
  );
  if (!begun) return resolveExisting(database, input);
  const beat = setInterval(() => void renew(database, input), BEAT_MS);
  try {
    const result = await attemptOnce(dependencies, input);
    return { outcome: await finish(database, input, result), atOnce: false };
  } finally {
    clearInterval(beat);
  }
}

type Attempted = Pick<SendResult, 'outcome' | 'code' | 'response'> &
  Pick<SendAttemptRow, 'refused'>;

async function attemptOnce(dependencies: SendDependencies, input: SendInput): Promise<Attempted> {
  const folder = await dependencies.blobs.scratchFolder().catch(() => null);
  if (folder === null) return { ...NOTHING_YET, outcome: 'deferred', response: NOT_READY };
  try {
    return await attemptWithin(dependencies, input, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function attemptWithin(
  dependencies: SendDependencies,
  input: SendInput,
  folder: string,
): Promise<Attempted> {
  const { database, sender } = dependencies;
  const { company, message, attempt } = input;
  const prepared = await prepareOrNot(dependencies, input, folder);
  if (prepared === null) return { ...NOTHING_YET, outcome: 'deferred', response: NOT_READY };
  if ('problem' in prepared) {
    return { ...NOTHING_YET, outcome: 'failed', response: prepared.problem };
  }
  const { envelope, raw, mailbox } = prepared;
  const own = mailbox === null ? null : dependencies.mailboxSenders?.of(company, mailbox);
  const result = await (own ?? sender).sendOnce({
    envelope,
    raw,
    onHandingOver: async () => {
      const ours = await database.withCompany(company, (trx) =>
        markHandedOver(trx, message, attempt),
      );
      if (!ours) throw new Error('the attempt was given up before it was handed over');
    },
  });
  const { outcome, code, response, rejected } = result;
  const refused = rejected.map(({ address, response: reason }) => ({ address, reason }));
  return { outcome, code, response, refused };
}

const NOTHING_YET = { code: null, refused: [] };
const NOT_READY = "The mail could not be made ready for sending; the server's log says why.";

/** Null when a file or the database is missing now: a fault of ours, not of the mail's. */
async function prepareOrNot(
  dependencies: SendDependencies,
  input: SendInput,
  folder: string,
): Promise<Prepared | null> {
  try {
    return await prepare(dependencies, input, folder);
  } catch (error) {
    dependencies.logger.error({ err: error, ...input }, 'a mail could not be made ready');
    return null;
  }
}

/** What became of an attempt that somebody else began. */
async function resolveExisting(database: Database, input: SendInput): Promise<SendOutput> {
  const { company, message, attempt } = input;
  return database.withCompany(company, async (trx) => {
    const row = await lockAttempt(trx, message, attempt);
    if (!row) throw new Error(`the attempt ${attempt} of ${message} has vanished`);
    if (row.outcome !== null) return { outcome: row.outcome, atOnce: isLost(row) };
    if (row.leased) {
      throw ApplicationFailure.create({
        type: 'attempt_running',
        message: `attempt ${attempt} of ${message} is running elsewhere; ask again later`,
      });
    }
    const outcome = row.handed_over_at === null ? 'deferred' : 'uncertain';
    const response =
      outcome === 'uncertain'
        ? 'The connection was lost after the mail had been handed over.'
        : LOST_BEFORE;
    await finishAttempt(trx, message, attempt, { outcome, code: null, response });
    return { outcome, atOnce: outcome === 'deferred' };
  });
}

const LOST_BEFORE = 'The sending process was lost before the mail was handed over.';

function isLost(row: SendAttemptRow): boolean {
  return row.outcome === 'deferred' && row.response === LOST_BEFORE;
}

async function renew(database: Database, input: SendInput): Promise<void> {
  Context.current().heartbeat();
  try {
    await database.withCompany(input.company, (trx) =>
      renewLease(trx, input.message, input.attempt, LEASE_MS),
    );
  } catch {
    // The database is away: the attempt may be given up meanwhile, and handing over will ask.
  }
}

/** The mail may have left: what we know of it must get into the row if at all possible. */
async function finish(
  database: Database,
  input: SendInput,
  result: Attempted,
): Promise<SendOutput['outcome']> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.withCompany(input.company, (trx) =>
        finishAttempt(trx, input.message, input.attempt, result),
      );
    } catch (error) {
      if (tries === WRITE_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, WRITE_AGAIN_AFTER_MS));
    }
  }
}
