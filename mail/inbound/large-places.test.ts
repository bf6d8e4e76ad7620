import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLargePlaces } from './large-places.ts';

const GRACE_MS = 1_000;
const LOOK_MS = 100;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mailOf = (isAwaited = true) => ({ bytes: 0, isAwaited });

describe('the places of large mails', () => {
  it('are kept by a slow sender until the grace is over and somebody waits', async () => {
    const { placeFor } = createLargePlaces({ places: 1, graceMs: GRACE_MS, lookEveryMs: LOOK_MS });
    const hangUp = vi.fn();
    const slow = placeFor(mailOf(), hangUp);
    await slow.enter();
    let isInside = false;
    const next = placeFor(mailOf(), vi.fn());
    const entered = next.enter().then(() => (isInside = true));
    await vi.advanceTimersByTimeAsync(GRACE_MS - 1);
    expect(hangUp).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(hangUp).toHaveBeenCalledTimes(1);
    expect(isInside).toBe(false);
    slow.leave();
    await entered;
    next.leave();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are taken from the slowest, and never from one whose mail is being stored', async () => {
    const { placeFor } = createLargePlaces({ places: 3, graceMs: GRACE_MS, lookEveryMs: LOOK_MS });
    const mails = { stored: mailOf(false), slow: mailOf(), fast: mailOf() };
    const hungUp: string[] = [];
    for (const [name, mail] of Object.entries(mails)) {
      await placeFor(mail, () => hungUp.push(name)).enter();
    }
    mails.slow.bytes = 10;
    mails.fast.bytes = 1_000_000;
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    expect(hungUp).toEqual([]);
    void placeFor(mailOf(), vi.fn()).enter();
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(hungUp).toEqual(['slow']);
    void placeFor(mailOf(), vi.fn()).enter();
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(hungUp).toEqual(['slow', 'fast']);
  });
});
