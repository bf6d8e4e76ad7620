import type { CompanyTransaction, Database } from '../database/client.ts';
import { select } from '../database/client.ts';
import { forgetOldUses } from '../database/queries/answer-uses.ts';
import { forgetOldSearches } from '../database/queries/answer-searches.ts';
import { fillPassages } from '../database/queries/article-passages.ts';
import { fillVersions } from '../database/queries/article-versions.ts';
import { forgetMissed, forgetVoters } from '../database/queries/article-votes.ts';
import { forgetOldUploads } from '../database/queries/attachments.ts';
import { forgetOldAudit } from '../database/queries/audit.ts';
import { forgetExchanges } from '../database/queries/exchanges.ts';
import { forgetChallenges } from '../database/queries/visitors.ts';
import { forgetOldCalls } from '../database/queries/idempotency.ts';
import { deleteExpiredSessions } from '../database/queries/sign-in.ts';
import type { Config } from '../runtime/config.ts';
import type { Logger } from '../runtime/logger.ts';

const EVERY_MS = 3_600_000;

/** A caller that tries again after a long weekend still finds what it did. */
const CALLS_KEPT_DAYS = 4;

/** A file that went with no mail by then was forgotten by its agent too. */
const UPLOADS_KEPT_DAYS = 30;

/** A season's questions; what was not written by then will be asked again. */
const SEARCHES_KEPT_DAYS = 90;

/** What readers missed in an article: whoever looks after it has read that within a year. */
const MISSED_KEPT_DAYS = 365;

/** A report of the same time last year. */
const USES_KEPT_DAYS = 400;

type Kept = Pick<Config, 'auditKeepDays'>;

/** Throws away what nobody can use any more, at start and every hour; answers the way to stop. */
export function keepHouse(database: Database, config: Kept, logger: Logger): () => void {
  const run = () => {
    tidyUp(database, config).catch((error: unknown) =>
      logger.warn({ err: error }, 'tidying up failed; it is tried again in an hour'),
    );
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  run();
  return () => clearInterval(timer);
}

/** Throws at the end, with all that failed: one company’s trouble keeps no data of others. */
export async function tidyUp(database: Database, { auditKeepDays }: Kept): Promise<void> {
  const jobs: ((trx: CompanyTransaction) => Promise<unknown>)[] = [
    deleteExpiredSessions,
    (trx) => forgetOldCalls(trx, CALLS_KEPT_DAYS),
    (trx) => forgetOldUploads(trx, UPLOADS_KEPT_DAYS),
    (trx) => forgetOldAudit(trx, auditKeepDays),
    forgetExchanges,
    forgetChallenges,
    forgetVoters,
    (trx) => forgetMissed(trx, MISSED_KEPT_DAYS),
    (trx) => forgetOldSearches(trx, SEARCHES_KEPT_DAYS),
    (trx) => forgetOldUses(trx, USES_KEPT_DAYS),
    fillVersions,
    fillPassages,
  ];
  const sql = 'select company from lookup_companies()';
  const rows = await select<{ company: string }>(database.lookups, sql);
  const failures: unknown[] = [];
  for (const { company } of rows) {
    for (const job of jobs) {
      await database.withCompany(company, job).catch((error: unknown) => failures.push(error));
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} of the jobs of tidying up failed`);
  }
}
