import { expect, test } from 'vitest';

import { createSignInBrake } from './sign-in-brake.ts';
import type { SignInBrake } from './sign-in-brake.ts';

const MINUTE_MS = 60_000;
const bo = 'bo@acme.test';

/** Tries until it has to wait; answers how often it could. */
function guess(brake: SignInBrake, tryOf: (count: number) => { ip: string; email: string }) {
  for (let count = 0; ; count += 1) {
    if (brake.begin(tryOf(count), 0) !== null) return count;
  }
}

test('twenty wrong passwords make one address wait in one place, and no other', () => {
  const brake = createSignInBrake();
  expect(guess(brake, () => ({ ip: '10.0.0.1', email: bo }))).toBe(20);
  expect(brake.begin({ ip: '10.0.0.1', email: ' BO@acme.test' }, MINUTE_MS)).toBe(9 * 60);
  expect(brake.begin({ ip: '10.0.0.1', email: 'anna@acme.test' }, MINUTE_MS)).toBeNull();
  expect(brake.begin({ ip: '10.0.0.2', email: bo }, MINUTE_MS)).toBeNull();
  expect(brake.begin({ ip: '10.0.0.1', email: bo }, 10 * MINUTE_MS)).toBeNull();
});

test('a right password forgets the wrong ones, and so does time', () => {
  const brake = createSignInBrake();
  const who = { ip: '10.0.0.1', email: bo };
  const fail = (times: number, now: number) => {
    for (let count = 0; count < times; count += 1) expect(brake.begin(who, now)).toBeNull();
  };
  fail(20, 0);
  brake.succeeded(who);
  fail(20, MINUTE_MS);
  expect(brake.begin(who, MINUTE_MS)).not.toBeNull();
  fail(20, 11 * MINUTE_MS);
});

test('one place that tries one address after the other waits too', () => {
  const brake = createSignInBrake();
  expect(guess(brake, (count) => ({ ip: '10.0.0.1', email: `a${count}@acme.test` }))).toBe(300);
  expect(brake.begin({ ip: '10.0.0.2', email: bo }, 0)).toBeNull();
});

test('an address that is tried from one place after the other waits everywhere', () => {
  const brake = createSignInBrake();
  expect(guess(brake, (count) => ({ ip: `10.0.1.${count}`, email: bo }))).toBe(100);
  expect(brake.begin({ ip: '10.0.0.1', email: 'anna@acme.test' }, 0)).toBeNull();
});

test('who signed in from a place before is kept out by nobody else', () => {
  const brake = createSignInBrake();
  const here = { ip: '10.0.0.1', email: bo };
  expect(brake.begin(here, 0)).toBeNull();
  brake.succeeded(here);
  guess(brake, (count) => ({ ip: here.ip, email: `a${count}@acme.test` }));
  guess(brake, (count) => ({ ip: `10.0.1.${count}`, email: bo }));
  expect(brake.begin({ ip: here.ip, email: 'new@acme.test' }, 0)).not.toBeNull();
  expect(guess(brake, () => here)).toBe(20);
});

test('right passwords do not add up, and neither do tries that were never judged', () => {
  const brake = createSignInBrake();
  for (let count = 0; count < 1_000; count += 1) {
    const who = { ip: '10.0.0.1', email: `a${count % 400}@acme.test` };
    expect(brake.begin(who, 0)).toBeNull();
    if (count % 2 === 0) brake.succeeded(who);
    else brake.undone(who);
  }
});

test('a network of IPv6 addresses is one place, and so is an IPv4 address in both writings', () => {
  const brake = createSignInBrake();
  const ipv6 = (count: number) => ({ ip: `2001:db8:0:1::${count.toString(16)}`, email: bo });
  expect(guess(brake, ipv6)).toBe(20);
  expect(brake.begin({ ip: '2001:db8:0:1:ffff::2%eth0', email: bo }, 0)).not.toBeNull();
  expect(brake.begin({ ip: '2001:db8:0:2::1', email: bo }, 0)).toBeNull();
  expect(brake.begin({ ip: '::1', email: bo }, 0)).toBeNull();
  guess(brake, () => ({ ip: '10.0.0.1', email: bo }));
  expect(brake.begin({ ip: '::ffff:10.0.0.1', email: bo }, 0)).not.toBeNull();
});
