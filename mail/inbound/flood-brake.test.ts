import { describe, expect, it } from 'vitest';
import { createFloodBrake } from './flood-brake.ts';

describe('the flood brake', () => {
  it('lets a burst through, then makes each mail wait its turn', () => {
    const brake = createFloodBrake(3, 10);
    const waits = Array.from({ length: 5 }, () => brake.waitMs('a', 0));
    expect(waits).toEqual([0, 0, 0, 100, 200]);
    expect(brake.waitMs('b', 0)).toBe(0);
  });

  it('forgives with time, never waits for ever and never remembers for ever', () => {
    const brake = createFloodBrake(1, 10);
    for (let n = 0; n < 10_000; n += 1) brake.waitMs('a', 0);
    expect(brake.waitMs('a', 0)).toBe(10_000);
    expect(brake.waitMs('a', 20_000)).toBe(0);
    for (let n = 0; n < 20_000; n += 1) brake.waitMs(`other ${n}`, 20_000);
    expect(brake.waitMs('a', 20_000)).toBe(0);
  });
});
