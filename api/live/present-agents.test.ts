import { describe, expect, test } from 'vitest';
import { PresentAgents } from './present-agents.ts';

const bo = { company: 'acme', ticket: 7, agent: 'bo' };
const NOON = Date.parse('2026-11-30T12:00:00Z');

describe('who is present', () => {
  test('is known to who comes later, with when it began', () => {
    const present = new PresentAgents();
    present.heard({ ...bo, doing: 'viewing' }, NOON);
    present.heard({ ...bo, doing: 'typing' }, NOON + 5000);
    present.heard({ ...bo, doing: 'typing' }, NOON + 25_000);
    expect(present.of('acme', NOON + 30_000)).toEqual([
      { ticket: 7, agent: 'bo', doing: 'typing', since: '2026-11-30T12:00:05.000Z' },
    ]);
    expect(present.of('others', NOON)).toEqual([]);
  });

  test('is forgotten when they leave, or are silent for long', () => {
    const present = new PresentAgents();
    present.heard({ ...bo, doing: 'viewing' }, NOON);
    present.heard({ ...bo, ticket: 8, doing: 'viewing' }, NOON);
    present.heard({ ...bo, doing: 'gone' }, NOON + 1000);
    expect(present.of('acme', NOON + 2000)).toMatchObject([{ ticket: 8 }]);
    expect(present.of('acme', NOON + 60_000)).toEqual([]);
  });
});
