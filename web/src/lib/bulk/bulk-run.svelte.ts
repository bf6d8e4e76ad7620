import { sentence } from '../api/api-error.ts';
import type { Ticket } from '../api/types.ts';
import type { BulkAct } from './bulk-acts.ts';

/** Calls at a time: a desk that is worked on by others has to stay quick for them. */
const AT_ONCE = 4;

export type Outcome = 'waiting' | 'done' | 'refused' | 'undone' | 'stays';

/** What became of one of the tickets. */
export interface BulkItem {
  /** As it was before. */
  ticket: Ticket;
  outcome: Outcome;
  /** Why it was refused, or why it could not be taken back. */
  reason: string;
}

/** One act on many tickets. Each has a result of its own: nothing fails as a whole. */
export class BulkRun {
  readonly act: BulkAct;
  #refusal: (ticket: Ticket) => string | null;
  #items = $state<BulkItem[]>([]);
  #busy = $state(false);

  /** `refusal` says why the state of a ticket forbids it, before anybody is asked. */
  constructor(act: BulkAct, tickets: Ticket[], refusal: (ticket: Ticket) => string | null) {
    this.act = act;
    this.#refusal = refusal;
    this.#items = tickets.map((ticket) => ({ ticket, outcome: 'waiting', reason: '' }));
  }

  get items(): readonly BulkItem[] {
    return this.#items;
  }

  get busy(): boolean {
    return this.#busy;
  }

  count(...outcomes: Outcome[]): number {
    return this.#items.filter((item) => outcomes.includes(item.outcome)).length;
  }

  async start(): Promise<void> {
    await this.#each('waiting', async (item) => {
      const why = this.#refusal(item.ticket);
      if (why !== null) throw new Refused(why);
      await this.act.run(item.ticket);
      item.outcome = 'done';
    });
  }

  /** Takes back what was done. */
  async undo(): Promise<void> {
    const { undo } = this.act;
    if (undo === null || this.#busy) return;
    await this.#each('done', async (item) => {
      await undo(item.ticket);
      item.outcome = 'undone';
    });
  }

  async #each(outcome: Outcome, work: (item: BulkItem) => Promise<void>): Promise<void> {
    this.#busy = true;
    const queue = this.#items.filter((item) => item.outcome === outcome);
    const turn = async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        try {
          await work(item);
        } catch (error) {
          item.outcome = outcome === 'done' ? 'stays' : 'refused';
          item.reason = error instanceof Refused ? error.message : sentence(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, turn));
    this.#busy = false;
  }
}

/** Refused by the table of what is allowed, in words for the agent. */
class Refused extends Error {
  override name = 'Refused';
}
