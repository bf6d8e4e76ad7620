import { readMail, leaseMail } from '../database/queries/mail-rows.ts';
import type { MailRow } from '../database/rows.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { prepareMail } from './prepare-mail.ts';

/** Mails that one process parses and hands over at once; the others wait in memory. */
const AT_ONCE_MAX = 16;

/** Mails that wait in memory; beyond it they are left to the sweep, which reads them again. */
const WAITING_MAX = 500;

/** Work that goes on after the sender was answered, a few mails at a time. */
export class HandOvers {
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #running = new Set<Promise<void>>();

  /** False when too much waits already. `work` must not reject. */
  add(work: () => Promise<void>): boolean {
    if (this.#waiting.length >= WAITING_MAX) return false;
    this.#waiting.push(work);
    this.#run();
    return true;
  }

  /** Settles when nothing runs; what still waits is left to the sweep of another process. */
  async drain(): Promise<void> {
    this.#waiting.length = 0;
    await Promise.all(this.#running);
  }

  #run(): void {
    while (this.#running.size < AT_ONCE_MAX) {
      const next = this.#waiting.shift();
      if (!next) return;
      const work = next().finally(() => {
        this.#running.delete(work);
        this.#run();
      });
      this.#running.add(work);
    }
  }
}

/**
 * Parses a stored mail and hands it to its ticket, after the caller has acknowledged it. Failures
 * are logged and left to the sweep: the mail is in the ledger.
 */
export function handOverSoon(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
  raw: Buffer,
): void {
  const { database, handOvers, logger } = dependencies;
  handOvers.add(async () => {
    try {
      const mail = await database.withCompany(company, (trx) => readMail(trx, id));
      if (mail) await handOver(dependencies, mail, raw);
    } catch (error) {
      logger.warn({ err: error, company, mail: id }, 'a mail waits for the next sweep');
    }
  });
}

/** Takes a mail in hand that was stored but not handed over. */
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
    logger.warn(
      { err: error, company, mail: id, tries: mail.attempts },
      'a mail was not handed over',
    );
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
