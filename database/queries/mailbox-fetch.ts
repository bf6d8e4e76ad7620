import { select } from '../client.ts';
import type { CompanyTransaction, Knex } from '../client.ts';
import { mailboxFetchColumns } from '../columns.ts';
import type { MailboxFetchRow } from '../rows.ts';

/** A mailbox that is to be fetched, and which settings of it count. */
export interface FetchedMailbox {
  company: string;
  mailbox: string;
  version: number;
}

export function findFetchedMailboxes(lookups: Knex): Promise<FetchedMailbox[]> {
  const sql = 'select company, mailbox, version from lookup_fetched_mailboxes()';
  return select<FetchedMailbox>(lookups, sql);
}

/** Takes or renews the right to fetch a mailbox; false while another process has it. */
export async function leaseFetch(
  trx: CompanyTransaction,
  mailbox: string,
  holder: string,
  forMs: number,
): Promise<boolean> {
  const rows = await select<{ mailbox: string }>(
    trx,
    `insert into mailbox_fetch (company, mailbox, holder, lease_until)
     select company, id, ?, now() + make_interval(secs => ?) from mailbox where id = ?
     on conflict (company, mailbox) do update
       set holder = excluded.holder, lease_until = excluded.lease_until
       where mailbox_fetch.holder = excluded.holder or mailbox_fetch.lease_until is null
         or mailbox_fetch.lease_until < now()
     returning mailbox`,
    [holder, forMs / 1_000, mailbox],
  );
  return rows.length > 0;
}

/** Lets the next process have it at once. */
export async function releaseFetch(
  trx: CompanyTransaction,
  mailbox: string,
  holder: string,
): Promise<void> {
  await select(
    trx,
    `update mailbox_fetch set holder = null, lease_until = null
     where company = ? and mailbox = ? and holder = ?`,
    [trx.company, mailbox, holder],
  );
}

export async function readFetch(
  trx: CompanyTransaction,
  mailbox: string,
): Promise<MailboxFetchRow | null> {
  const rows = await select<MailboxFetchRow>(
    trx,
    `select ${mailboxFetchColumns} from mailbox_fetch where company = ? and mailbox = ?`,
    [trx.company, mailbox],
  );
  return rows[0] ?? null;
}

/** Where the reading of a folder begins: with the folder, or anew when its UIDs mean others. */
export async function beginFolder(
  trx: CompanyTransaction,
  mailbox: string,
  at: Pick<MailboxFetchRow, 'folder' | 'uid_validity' | 'last_uid' | 'baseline_uid' | 'begun_at'>,
): Promise<void> {
  await trx('mailbox_fetch').where({ company: trx.company, mailbox }).update(at);
}

/** Moves the cursor on, never back; one of other UIDs moves nothing. */
export async function advanceCursor(
  trx: CompanyTransaction,
  mailbox: string,
  at: { uidValidity: number; lastUid: number },
): Promise<void> {
  await select(
    trx,
    `update mailbox_fetch set last_uid = greatest(last_uid, ?)
     where company = ? and mailbox = ? and uid_validity = ?`,
    [at.lastUid, trx.company, mailbox, at.uidValidity],
  );
}

/** A round got through. */
export async function noteFetched(
  trx: CompanyTransaction,
  mailbox: string,
  tookMail: boolean,
): Promise<void> {
  await select(
    trx,
    `update mailbox_fetch set last_fetch_at = now(), error = null, error_step = null,
       failing_since = null, next_try_at = null,
       last_mail_at = case when ? then now() else last_mail_at end
     where company = ? and mailbox = ?`,
    [tookMail, trx.company, mailbox],
  );
}

/** A round did not get through; `since` stays that of the first failure in a row. */
export async function noteFailure(
  trx: CompanyTransaction,
  mailbox: string,
  failure: { step: string; error: string; againInMs: number },
): Promise<void> {
  await select(
    trx,
    `update mailbox_fetch set error = ?, error_step = ?,
       failing_since = coalesce(failing_since, now()),
       next_try_at = now() + make_interval(secs => ?)
     where company = ? and mailbox = ?`,
    [failure.error, failure.step, failure.againInMs / 1_000, trx.company, mailbox],
  );
}

export interface FetchHealth {
  mailbox: string;
  lastFetchAt: string | null;
  lastMailAt: string | null;
  errorStep: string | null;
  error: string | null;
  since: string | null;
  nextTryAt: string | null;
}

export function readFetchHealth(
  trx: CompanyTransaction,
  mailboxes: readonly string[],
): Promise<FetchHealth[]> {
  return select<FetchHealth>(
    trx,
    `select mailbox, last_fetch_at as "lastFetchAt", last_mail_at as "lastMailAt",
       error_step as "errorStep", error, failing_since as since, next_try_at as "nextTryAt"
     from mailbox_fetch where mailbox = any(?)`,
    [[...mailboxes]],
  );
}

/** Which of these were stored before, by what they are called in the folder. */
export async function findSources(
  trx: CompanyTransaction,
  mailbox: string,
  sources: readonly string[],
): Promise<Set<string>> {
  if (sources.length === 0) return new Set();
  const rows = await select<{ source: string }>(
    trx,
    'select source from mail where company = ? and mailbox = ? and source = any(?)',
    [trx.company, mailbox, [...sources]],
  );
  return new Set(rows.map(({ source }) => source));
}
