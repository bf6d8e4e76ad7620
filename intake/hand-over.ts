import { leaseMail, releaseMail } from '../database/queries/mail-rows.ts';
import type { MailRow } from '../database/rows.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { isNotReached } from './grpc-errors.ts';
import { prepareMail } from './prepare-mail.ts';

/**
 * Parses a stored mail and hands it to its ticket, after the caller has acknowledged it. Failures
 * are logged and left to the sweep: the mail is in the ledger.
 */
export function handOverSoon(
  dependencies: IntakeDependencies,
  company: string,
  mail: MailRow,
  raw: Buffer,
): void {
  const { handOvers, logger } = dependencies;
  const work = async () => {
    try {
      await handOver(dependencies, mail, raw);
      return { isHandedOver: true };
    } catch (error) {
      logger.warn({ err: error, company, mail: mail.id }, 'a mail waits for the next sweep');
      return { isHandedOver: false };
    }
  };
  handOvers.add({ company, id: mail.id, bytes: raw.length, work });
}

/**
 * Takes a mail in hand that was stored but not handed over.
 * @throws when Temporal is away: the mail is given back untried, and the others need not be tried
 */
export async function handOverPending(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
): Promise<void> {
  const { database, blobs, logger } = dependencies;
  const mail = await database.withCompany(company, (trx) => leaseMail(trx, id));
  if (!mail) return;
  try {
    await handOver(dependencies, mail, await blobs.get(mail.raw_hash));
  } catch (error) {
    if (isNotReached(error)) {
      await database.withCompany(company, (trx) => releaseMail(trx, id));
      throw error;
    }
    logger.warn(
      { err: error, company, mail: id, tries: mail.attempts },
      'a mail was not handed over',
    );
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

async function handOver(
  dependencies: IntakeDependencies,
  mail: MailRow,
  raw: Buffer,
): Promise<void> {
  const prepared = await prepareMail(dependencies, mail, raw);
  if (!prepared) return;
  const first = prepared.isNewTicket ? ({ state: 'new', team: prepared.team } as const) : undefined;
  const { company } = mail;
  await dependencies.workflows.receive({ company, number: prepared.ticket }, mail.id, first);
}
