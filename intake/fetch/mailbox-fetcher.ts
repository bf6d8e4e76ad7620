import { setTimeout as pause } from 'node:timers/promises';

import { isDatabaseAway } from '../../database/errors.ts';
import { noteFailure } from '../../database/queries/mailbox-fetch.ts';
import { keptTokens, readServer } from '../../database/queries/mailbox-servers.ts';
import type { MailboxServerRow } from '../../database/rows.ts';
import { openImapSession } from '../../mail/inbound/imap-session.ts';
import type { ImapSession } from '../../mail/inbound/imap-session.ts';
import { TokenError } from '../../mail/servers/access-token.ts';
import { openServer } from '../../mail/servers/mail-server.ts';
import type { MailServer } from '../../mail/servers/mail-server.ts';
import { ServerProblem } from '../../mail/servers/server-problem.ts';
import { SealError } from '../../runtime/sealed-secrets.ts';
import type { Sealer } from '../../runtime/sealed-secrets.ts';
import type { IntakeDependencies } from '../dependencies.ts';
import { fetchRound, INBOX } from './fetch-round.ts';
import type { Round } from './fetch-round.ts';

/** What fetching needs beside taking mail in. */
export interface FetchDependencies extends IntakeDependencies {
  sealer: Sealer;
  mailBytesMax: number;
  /** For tests. */
  onStored?: Round['onStored'];
  waits?: Waits;
}

/** Milliseconds between tries that fail, doubled from the first up to the longest. */
export interface Waits {
  firstMs: number;
  /** Of a refused login: providers lock accounts that are tried in vain too often. */
  firstOfLoginMs: number;
  longestMs: number;
}

const WAITS: Waits = { firstMs: 1_000, firstOfLoginMs: 10_000, longestMs: 5 * 60_000 };

/** Of a wait, so much is left to chance: all mailboxes of one server must not come at once. */
const JITTER = 0.3;

/**
 * Fetches one mailbox until `signal` is aborted: connects, takes what is there, waits for more, and
 * connects anew after a failure. Never rejects: what goes wrong is the mailbox's health.
 */
export async function fetchMailbox(
  dependencies: FetchDependencies,
  one: { company: string; mailbox: string },
  signal: AbortSignal,
): Promise<void> {
  const { company, mailbox } = one;
  const { firstMs, firstOfLoginMs, longestMs } = dependencies.waits ?? WAITS;
  let failures = 0;
  while (!signal.aborted) {
    const onRound = () => void (failures = 0);
    const error = await oneConnection(dependencies, one, signal, onRound).catch(asError);
    if (signal.aborted || error === null) return;
    failures += 1;
    const { step, words } = explain(error);
    const first = step === 'login' ? firstOfLoginMs : firstMs;
    const doubled = Math.min(first * 2 ** (failures - 1), Math.max(longestMs, first));
    const againInMs = doubled * (1 - JITTER * Math.random());
    await tell(dependencies, company, mailbox, { step, error: words, againInMs });
    await pause(againInMs, undefined, { signal }).catch(() => undefined);
  }
}

/** @returns null when there is nothing to fetch any more */
async function oneConnection(
  dependencies: FetchDependencies,
  { company, mailbox }: { company: string; mailbox: string },
  signal: AbortSignal,
  onRound: () => void,
): Promise<null> {
  const { database, mailBytesMax, onStored } = dependencies;
  const settings = await database.withCompany(company, (trx) => readServer(trx, mailbox, 'in'));
  if (!settings?.enabled) return null;
  const session = await connect(dependencies, settings);
  const stop = () => void session.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    while (!signal.aborted) {
      await fetchRound({
        dependencies,
        settings,
        session,
        mailBytesMax,
        signal,
        ...(onStored === undefined ? {} : { onStored }),
      });
      onRound();
      await session.waitForNews(signal);
    }
    return null;
  } finally {
    signal.removeEventListener('abort', stop);
    await session.close();
  }
}

async function connect(
  { database, sealer }: FetchDependencies,
  settings: MailboxServerRow,
): Promise<ImapSession> {
  const open = (refused: string | null) =>
    openServer(settings, sealer, keptTokens(database, settings), refused);
  const folder = settings.folder ?? INBOX;
  const server = await open(null);
  try {
    return await openImapSession(server, folder);
  } catch (error) {
    const token = accessTokenOf(server);
    const isRefused = error instanceof ServerProblem && error.step === 'login';
    if (!isRefused || token === null) throw error;
    // It may have been called back before its time: another one decides.
    return openImapSession(await open(token), folder);
  }
}

function accessTokenOf({ login }: MailServer): string | null {
  return login !== null && 'accessToken' in login ? login.accessToken : null;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** At which step it failed, in words for the admin. */
function explain(error: Error): { step: string; words: string } {
  if (error instanceof ServerProblem) return { step: error.step, words: error.message };
  if (error instanceof TokenError) return { step: 'login', words: error.message };
  if (error instanceof SealError) return { step: 'settings', words: error.message };
  if (isDatabaseAway(error)) return { step: 'storing', words: 'The database does not answer.' };
  return { step: 'storing', words: "A mail could not be stored; the server's log says why." };
}

async function tell(
  { database, logger }: FetchDependencies,
  company: string,
  mailbox: string,
  failure: { step: string; error: string; againInMs: number },
): Promise<void> {
  const { step, error, againInMs } = failure;
  const facts = { company, mailbox, step, why: error, againInMs: Math.round(againInMs) };
  logger.warn(facts, 'a mailbox cannot be fetched now');
  // Health is a courtesy: the database that cannot keep it is trouble enough.
  await database
    .withCompany(company, (trx) => noteFailure(trx, mailbox, failure))
    .catch(() => undefined);
}
