import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { BulkAct } from './bulk-acts.ts';
import { type BulkItem, countIn, doToAll, type Outcome, undoAll } from './bulk-items.ts';

/** One act on many tickets, and what became of each. */
export class BulkRun {
  readonly act: BulkAct;
  #say: Speech;
  #items = $state<BulkItem[]>([]);
  #busy = $state(false);

  constructor(act: BulkAct, tickets: Ticket[], say: Speech) {
    this.act = act;
    this.#say = say;
    this.#items = tickets.map((ticket) => ({ ticket, outcome: 'waiting', reason: '' }));
  }

  get items(): readonly BulkItem[] {
    return this.#items;
  }

  get busy(): boolean {
    return this.#busy;
  }

  count(...outcomes: Outcome[]): number {
    return countIn(this.#items, ...outcomes);
  }

  async start(refusal: (ticket: Ticket) => string | null): Promise<void> {
    this.#busy = true;
    await doToAll(this.act, this.#items, refusal, this.#say);
    this.#busy = false;
  }

  async undo(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await undoAll(this.act, this.#items, this.#say);
    this.#busy = false;
  }
}
