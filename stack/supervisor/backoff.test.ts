import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('waits double while a part does not stay up, to a limit', () => {
  const wait = createBackoff();
  const waits = Array.from({ length: 9 }, () => wait(0));
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
});

test('a part that ran for a while is restarted quickly again', () => {
  const wait = createBackoff();
  wait(0);
  wait(0);
  expect(wait(60_000)).toBe(100);
  expect(wait(0)).toBe(200);
});
