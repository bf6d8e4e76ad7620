import { randomInt } from 'node:crypto';

/** Without letters and digits that look alike: it is read off a screen. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 5 bits each: 80 bits, in groups that can be typed. */
const GROUPS = 4;
const GROUP_CHARS = 4;

/** A random password such as `k7pd-x2mn-4qaz-hh8t`. */
export function newPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_CHARS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
