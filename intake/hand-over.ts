import { leaseMail } from '../database/queries/mail-rows.ts';
import type { MailRow } from '../database/rows.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { prepareMail } from './prepare-mail.ts';

/** Mails that one process parses and hands over at once; the others wait in memory. */
const AT_ONCE_MAX = 16;

/** What waits in memory; beyond it mails are left to the sweep, which reads them from disk. */
const WAITING_BYTES_MAX = 64 * 1024 * 1024;

/** Work that goes on after the sender was answered, a few mails at a time. */
export class HandOvers {
  readonly #waiting: { work: () => Promise<void>; bytes: number }[] = [];
  readonly #running = new Set<Promise<void>>();
  #waitingBytes = 0;

  /** False when too much waits already. `work` must not reject. */
  add(bytes: number, work: () => Promise<void>): boolean {
    if (this.#waitingBytes + bytes > WAITING_BYTES_MAX) return false;
    this.#waiting.push({ work, bytes });
    this.#waitingBytes += bytes;
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
      this.#waitingBytes -= next.bytes;
      const work = next.work().finally(() => {
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
  mail: MailRow,
  raw: Buffer,
): void {
  const { handOvers, logger } = dependencies;
  handOvers.add(raw.length, async () => {
    try {
      await handOver(dependencies, mail, raw);
    } catch (error) {
      logger.warn({ err: error, company, mail: mail.id }, 'a mail waits for the next sweep');
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
