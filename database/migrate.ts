import { setTimeout } from 'node:timers/promises';
import knexPackage from 'knex';
import type { Knex } from 'knex';

import * as accounts from './migrations/0001-accounts.ts';
import * as content from './migrations/0002-content.ts';
import * as logAndProjection from './migrations/0003-log-and-projection.ts';
import * as rowLevelSecurity from './migrations/0004-row-level-security.ts';
import * as listIndexes from './migrations/0005-list-indexes.ts';
import * as ticketIndexes from './migrations/0006-ticket-indexes.ts';
import * as ticketCounter from './migrations/0007-ticket-counter.ts';
import * as refusedRecipients from './migrations/0008-refused-recipients.ts';
import * as resendRecipients from './migrations/0009-resend-recipients.ts';
import * as senders from './migrations/0010-senders.ts';
import * as dkimKeys from './migrations/0011-dkim-keys.ts';
import * as mailboxes from './migrations/0012-mailboxes.ts';
import * as imageSenders from './migrations/0013-image-senders.ts';
import * as serverAuthorities from './migrations/0014-server-authorities.ts';
import * as threats from './migrations/0015-threats.ts';
import * as keptBytes from './migrations/0016-kept-bytes.ts';
import * as searchIndexes from './migrations/0017-search-indexes.ts';
import * as blindCopies from './migrations/0018-blind-copies.ts';
import * as profiles from './migrations/0019-profiles.ts';
import * as administration from './migrations/0020-administration.ts';
import * as mergedCustomers from './migrations/0021-merged-customers.ts';
import * as savedViews from './migrations/0022-saved-views.ts';
import * as passages from './migrations/0023-passages.ts';
import * as cannedAnswers from './migrations/0024-canned-answers.ts';
import * as assistant from './migrations/0025-assistant.ts';
import * as articleWords from './migrations/0026-article-words.ts';
import * as unsettledMail from './migrations/0027-unsettled-mail.ts';
import * as articleVersions from './migrations/0028-article-versions.ts';
import * as exchanges from './migrations/0029-exchanges.ts';
import * as ratings from './migrations/0030-ratings.ts';
import * as oldAudit from './migrations/0031-old-audit.ts';
import * as answerSearches from './migrations/0032-answer-searches.ts';
import * as exchangeMail from './migrations/0033-exchange-mail.ts';
import * as mergeRecord from './migrations/0034-merge-record.ts';
import * as articleFiles from './migrations/0035-article-files.ts';
import * as articleOrigin from './migrations/0036-article-origin.ts';
import * as origins from './migrations/0037-origins.ts';
import * as articleVotes from './migrations/0038-article-votes.ts';
import * as answerUses from './migrations/0039-answer-uses.ts';
import * as assistantEvents from './migrations/0040-assistant-events.ts';
import * as articleSource from './migrations/0041-article-source.ts';
import * as accentColor from './migrations/0042-accent-color.ts';
import * as lateIndexes from './migrations/0043-late-indexes.ts';
import * as exchangeTries from './migrations/0044-exchange-tries.ts';

interface Migration extends Knex.Migration {
  /** Without a transaction: it must be able to run again when it was broken off. */
  config?: { transaction: boolean };
}

/** In the order of their numbers; a released one is never edited. */
const migrations: { [name: string]: Migration } = {
  '0001-accounts': accounts,
  '0002-content': content,
  '0003-log-and-projection': logAndProjection,
  '0004-row-level-security': rowLevelSecurity,
  '0005-list-indexes': listIndexes,
  '0006-ticket-indexes': ticketIndexes,
  '0007-ticket-counter': ticketCounter,
  '0008-refused-recipients': refusedRecipients,
  '0009-resend-recipients': resendRecipients,
  '0010-senders': senders,
  '0011-dkim-keys': dkimKeys,
  '0012-mailboxes': mailboxes,
  '0013-image-senders': imageSenders,
  '0014-server-authorities': serverAuthorities,
  '0015-threats': threats,
  '0016-kept-bytes': keptBytes,
  '0017-search-indexes': searchIndexes,
  '0018-blind-copies': blindCopies,
  '0019-profiles': profiles,
  '0020-administration': administration,
  '0021-merged-customers': mergedCustomers,
  '0022-saved-views': savedViews,
  '0023-passages': passages,
  '0024-canned-answers': cannedAnswers,
  '0025-assistant': assistant,
  '0026-article-words': articleWords,
  '0027-unsettled-mail': unsettledMail,
  '0028-article-versions': articleVersions,
  '0029-exchanges': exchanges,
  '0030-ratings': ratings,
  '0031-old-audit': oldAudit,
  '0032-answer-searches': answerSearches,
  '0033-exchange-mail': exchangeMail,
  '0034-merge-record': mergeRecord,
  '0035-article-files': articleFiles,
  '0036-article-origin': articleOrigin,
  '0037-origins': origins,
  '0038-article-votes': articleVotes,
  '0039-answer-uses': answerUses,
  '0040-assistant-events': assistantEvents,
  '0041-article-source': articleSource,
  '0042-accent-color': accentColor,
  '0043-late-indexes': lateIndexes,
  '0044-exchange-tries': exchangeTries,
};

/** Several processes may start at once; the first one migrates, the others wait for it. */
const MIGRATION_LOCK = 7_352_001;

/** How long a process waits before it looks again whether another has migrated. */
const LOCK_POLL_MS = 200;

/**
 * Brings the database to the newest schema. Safe to call at once from many processes and again:
 * each migration is recorded in its own transaction, and one that has none can be repeated.
 * @returns the names of the migrations that ran
 * @throws when the database is newer than this program, or cannot be reached
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const knex = knexPackage.default({
    client: 'pg',
    connection: databaseUrl,
    // The one connection holds the lock, so that it is free as soon as nobody works under it.
    pool: { min: 1, max: 1 },
  });
  try {
    await takeLock(knex);
    await knex.raw(recordTable);
    const done = await recorded(knex);
    refuseNewer(done);
    const waiting = Object.entries(migrations).filter(([name]) => !done.includes(name));
    for (const [name, migration] of waiting) await run(knex, name, migration);
    return waiting.map(([name]) => name);
  } finally {
    await knex.destroy();
  }
}

/**
 * Asks again and again: a statement that waits holds a snapshot, and an index that another process
 * builds meanwhile waits for the end of each.
 */
async function takeLock(knex: Knex): Promise<void> {
  for (;;) {
    const { rows }: { rows: { taken: boolean }[] } = await knex.raw(
      'select pg_try_advisory_lock(?) as taken',
      [MIGRATION_LOCK],
    );
    if (rows[0]?.taken === true) return;
    await setTimeout(LOCK_POLL_MS);
  }
}

const recordTable = `create table if not exists migration (
  id serial primary key, name varchar(255), batch integer, migration_time timestamptz)`;

async function recorded(knex: Knex): Promise<string[]> {
  const rows: { name: string }[] = await knex('migration').select('name');
  return rows.map(({ name }) => name);
}

async function run(knex: Knex, name: string, migration: Migration): Promise<void> {
  const work = async (on: Knex) => {
    await migration.up(on);
    await on('migration').insert({ name, batch: 1, migration_time: on.fn.now() });
  };
  if (migration.config?.transaction === false) await work(knex);
  else await knex.transaction(work);
}

function refuseNewer(done: readonly string[]): void {
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new Error(
    `the database has migrations that this program does not know (${unknown.join(', ')}); ` +
      'start a newer version of Postkeep',
  );
}
