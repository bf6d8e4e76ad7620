import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gathered } from './gathered.ts';

const GATHER_MS = 300;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('has work done while news never stops coming, once for those of a moment', () => {
  const work = vi.fn(() => Promise.resolve());
  const { tell } = gathered(GATHER_MS, work);
  for (let n = 0; n < 12; n += 1) {
    tell();
    vi.advanceTimersByTime(GATHER_MS / 3);
  }
  expect(work).toHaveBeenCalledTimes(4);
  vi.advanceTimersByTime(GATHER_MS * 5);
  expect(work).toHaveBeenCalledTimes(4);
});

it('does nothing for news that nobody waits for any more', () => {
  const work = vi.fn(() => Promise.resolve());
  const { tell, stop } = gathered(GATHER_MS, work);
  tell();
  stop();
  vi.advanceTimersByTime(GATHER_MS);
  expect(work).not.toHaveBeenCalled();
});
