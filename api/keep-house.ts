import type { Database } from '../database/client.ts';
import { select } from '../database/client.ts';
import { forgetOldUses } from '../database/queries/answer-uses.ts';
import { forgetOldSearches } from '../database/queries/answer-searches.ts';
import { fillPassages } from '../database/queries/article-passages.ts';
import { fillVersions } from '../database/queries/article-versions.ts';
import { forgetVoters } from '../database/queries/article-votes.ts';
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

export async function tidyUp(database: Database, { auditKeepDays }: Kept): Promise<void> {
  const sql = 'select company from lookup_companies()';
  const rows = await select<{ company: string }>(database.lookups, sql);
  for (const { company } of rows) {
    await database.withCompany(company, async (trx) => {
      await deleteExpiredSessions(trx);
      await forgetOldCalls(trx, CALLS_KEPT_DAYS);
      await forgetOldUploads(trx, UPLOADS_KEPT_DAYS);
      await forgetOldAudit(trx, auditKeepDays);
      await forgetExchanges(trx);
      await forgetChallenges(trx);
      await fillVersions(trx);
      await forgetVoters(trx);
      await forgetOldSearches(trx, SEARCHES_KEPT_DAYS);
      await forgetOldUses(trx, USES_KEPT_DAYS);
      await fillPassages(trx);
    });
  }
}
