import { sentence } from '../api/api-error.ts';
import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { BulkAct } from './bulk-acts.ts';

/** Calls at a time: a desk that others work on has to stay quick for them. */
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

/**
 * Does the act to every ticket that waits; each has a result of its own. `refusal` says why the
 * state of a ticket forbids it, before anybody is asked.
 */
export function doToAll(
  act: BulkAct,
  items: readonly BulkItem[],
  refusal: (ticket: Ticket) => string | null,
  say: Speech,
): Promise<void> {
  return eachInTurn(items, 'waiting', async (item) => {
    const why = refusal(item.ticket);
    if (why !== null) {
      Object.assign(item, { outcome: 'refused', reason: why });
      return;
    }
    try {
      await act.run(item.ticket);
      item.outcome = 'done';
    } catch (error) {
      Object.assign(item, { outcome: 'refused', reason: sentence(error, say) });
    }
  });
}

/** Takes back what was done; where that is refused, what was done stays. */
export async function undoAll(
  { undo }: BulkAct,
  items: readonly BulkItem[],
  say: Speech,
): Promise<void> {
  if (undo === null) return;
  await eachInTurn(items, 'done', async (item) => {
    try {
      await undo(item.ticket);
      item.outcome = 'undone';
    } catch (error) {
      Object.assign(item, { outcome: 'stays', reason: sentence(error, say) });
    }
  });
}

export function countIn(items: readonly BulkItem[], ...outcomes: Outcome[]): number {
  return items.filter((item) => outcomes.includes(item.outcome)).length;
}

async function eachInTurn(
  items: readonly BulkItem[],
  outcome: Outcome,
  work: (item: BulkItem) => Promise<void>,
): Promise<void> {
  const queue = items.filter((item) => item.outcome === outcome);
  const turn = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
}
