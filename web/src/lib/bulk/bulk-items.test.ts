import { describe, expect, it } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { ticketItem } from '../../../tests/ticket-item.ts';
import { ApiError } from '../api/api-error.ts';
import type { Ticket } from '../api/types.ts';
import type { BulkAct } from './bulk-acts.ts';
import { type BulkItem, countIn, doToAll, undoAll } from './bulk-items.ts';

const waiting = (number: number): BulkItem => ({
  ticket: ticketItem({ number }),
  outcome: 'waiting',
  reason: '',
});

const refusedCall = new ApiError({
  ...{ code: 'not_allowed', status: 409, detail: 'Anna is answering it.', requestId: null },
  extras: {},
});

function solving(run: BulkAct['run'], undo: BulkAct['undo'] = null): BulkAct {
  return { name: 'solve', command: 'solve', run, undo };
}

describe('an act on many tickets', () => {
  it('has a result for each, and goes on after a refusal', async () => {
    const items = [1, 2, 3, 4, 5].map(waiting);
    const act = solving(({ number }) =>
      number === 2 ? Promise.reject(refusedCall) : Promise.resolve(),
    );
    await doToAll(act, items, () => null, english);
    expect(countIn(items, 'done')).toBe(4);
    expect(items[1]).toMatchObject({ outcome: 'refused', reason: 'Anna is answering it.' });
  });

  it('asks nobody for what the state of a ticket forbids', async () => {
    const items = [1, 2].map(waiting);
    const asked: number[] = [];
    const act = solving(async ({ number }) => asked.push(number));
    const refusal = ({ number }: Ticket) => (number === 1 ? 'Solved by Anna.' : null);
    await doToAll(act, items, refusal, english);
    expect(asked).toEqual([2]);
    expect(items[0]).toMatchObject({ outcome: 'refused', reason: 'Solved by Anna.' });
  });

  it('makes a few calls at a time', async () => {
    let running = 0;
    let most = 0;
    const act = solving(async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
    });
    const items = Array.from({ length: 50 }, (_, place) => waiting(place + 1));
    await doToAll(act, items, () => null, english);
    expect(countIn(items, 'done')).toBe(50);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('is taken back where it was done; what cannot be taken back says why', async () => {
    const items = [1, 2, 3].map(waiting);
    const undone: number[] = [];
    const act = solving(
      ({ number }) => (number === 1 ? Promise.reject(refusedCall) : Promise.resolve()),
      ({ number }) =>
        number === 3 ? Promise.reject(refusedCall) : Promise.resolve(undone.push(number)),
    );
    await doToAll(act, items, () => null, english);
    await undoAll(act, items, english);
    expect(undone).toEqual([2]);
    expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'undone', 'stays']);
  });
});
