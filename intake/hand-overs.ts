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
