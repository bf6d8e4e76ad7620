import type { Database } from '../database/client.ts';
import { MailsInHand } from './mails-in-hand.ts';

/** Mails that one process parses and hands over at once; the others wait in memory. */
const AT_ONCE_MAX = 16;

/** Mails that wait, at 1 to 3 KB of memory each; more are left to the sweep. */
export const WAITING_MAX = 20_000;

/** A mail that was stored here. */
export interface MailToHandOver {
  company: string;
  id: string;
  /** Hands it over; a mail whose ticket was not told is left to the sweep. */
  work: () => Promise<{ isHandedOver: boolean }>;
}

/** Work that goes on after the sender was answered, a few mails at a time. */
export class HandOvers {
  readonly #inHand: MailsInHand;
  readonly #waiting: MailToHandOver[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(database: Pick<Database, 'withCompany'>) {
    this.#inHand = new MailsInHand(database);
  }

  /** False when too much waits already. `work` must not reject. */
  add(mail: MailToHandOver): boolean {
    if (this.#waiting.length >= WAITING_MAX) return false;
    this.#waiting.push(mail);
    this.#inHand.take(mail.company, mail.id);
    this.#run();
    return true;
  }

  /** Settles when nothing runs; what still waits is left to the sweep of another process. */
  async drain(): Promise<void> {
    for (const { id } of this.#waiting.splice(0)) this.#inHand.letGo(id);
    await Promise.all(this.#running);
  }

  #run(): void {
    while (this.#running.size < AT_ONCE_MAX) {
      const next = this.#waiting.shift();
      if (!next) return;
      const work = this.#handOver(next).finally(() => {
        this.#running.delete(work);
        this.#run();
      });
      this.#running.add(work);
    }
  }

  async #handOver({ id, work }: MailToHandOver): Promise<void> {
    try {
      const { isHandedOver } = await work();
      if (isHandedOver) this.#inHand.handedOver(id);
    } finally {
      this.#inHand.letGo(id);
    }
  }
}
