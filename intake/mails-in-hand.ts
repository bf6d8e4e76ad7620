import type { Database } from '../database/client.ts';
import { holdMails } from '../database/queries/mail-rows.ts';

/**
 * Whoever stored a mail hands it over itself, and sweepers leave it alone while the lease runs. It
 * is as short as the sweep's own patience, since the process may be gone (durability.md, 8).
 */
export const OWN_LEASE_MS = 5_000;

/** Often enough that one late or failed renewal leaves time for the next. */
const RENEW_EVERY_MS = 2_000;

/** How long a ticket that was told of a mail has before it is told again: workers may be busy. */
const HANDED_OVER_LEASE_MS = 30_000;

/**
 * The mails that this process stored and has not handed over: it keeps their leases, so that a slow
 * process is not overtaken and a dead one is. A renewal that comes too late does no harm, as a mail
 * that a sweep has taken stays with the sweep, and handing over twice counts once.
 */
export class MailsInHand {
  readonly #database: Pick<Database, 'withCompany'>;
  /** Company by mail. */
  readonly #held = new Map<string, string>();
  readonly #handedOver = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Pick<Database, 'withCompany'>) {
    this.#database = database;
  }

  take(company: string, mail: string): void {
    this.#held.set(mail, company);
    this.#renewLater();
  }

  /** Its ticket has been told; only its record is still to come. */
  handedOver(mail: string): void {
    const company = this.#held.get(mail);
    if (company !== undefined) this.#handedOver.set(mail, company);
  }

  /** From now on it is the sweep's. */
  letGo(mail: string): void {
    this.#held.delete(mail);
  }

  #renewLater(): void {
    this.#timer ??= setTimeout(() => void this.#renew(), RENEW_EVERY_MS).unref();
  }

  async #renew(): Promise<void> {
    const handedOver = byCompany(this.#handedOver);
    this.#handedOver.clear();
    try {
      await this.#hold(byCompany(this.#held), OWN_LEASE_MS);
      await this.#hold(handedOver, HANDED_OVER_LEASE_MS);
    } catch {
      // The database is away, for the sweeps as well.
    }
    this.#timer = undefined;
    if (this.#held.size > 0 || this.#handedOver.size > 0) this.#renewLater();
  }

  async #hold(mails: ReadonlyMap<string, string[]>, leaseMs: number): Promise<void> {
    for (const [company, ids] of mails) {
      await this.#database.withCompany(company, (trx) => holdMails(trx, ids, leaseMs));
    }
  }
}

function byCompany(mails: ReadonlyMap<string, string>): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [mail, company] of mails) {
    grouped.set(company, [...(grouped.get(company) ?? []), mail]);
  }
  return grouped;
}
