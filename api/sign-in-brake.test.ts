import { expect, test } from 'vitest';

import { createSignInBrake } from './sign-in-brake.ts';

const MINUTE_MS = 60_000;

test('twenty wrong passwords make one place wait, and no other', () => {
  const brake = createSignInBrake();
  for (let count = 0; count < 20; count += 1) {
    expect(brake.waitSeconds('here', 0)).toBeNull();
    brake.failed('here', 0);
  }
  expect(brake.waitSeconds('here', MINUTE_MS)).toBe(9 * 60);
  expect(brake.waitSeconds('there', MINUTE_MS)).toBeNull();
  expect(brake.waitSeconds('here', 10 * MINUTE_MS)).toBeNull();
});

test('a right password forgets the wrong ones, and so does time', () => {
  const brake = createSignInBrake();
  for (let count = 0; count < 19; count += 1) brake.failed('here', 0);
  brake.succeeded('here');
  brake.failed('here', 0);
  expect(brake.waitSeconds('here', 0)).toBeNull();
  for (let count = 0; count < 19; count += 1) brake.failed('here', 11 * MINUTE_MS);
  expect(brake.waitSeconds('here', 11 * MINUTE_MS)).toBeNull();
});
