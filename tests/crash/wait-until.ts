import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;

/**
 * Looks until there is something, also while what it asks is down (a throw is "not yet").
 * @throws after `msMax`, with what was waited for and the last trouble
 */
export async function waitUntil<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  msMax: number,
): Promise<T> {
  const deadlineMs = Date.now() + msMax;
  let trouble: unknown = null;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined) return found;
      trouble = null;
    } catch (error) {
      trouble = error;
    }
    if (Date.now() > deadlineMs) {
      throw new Error(`waited ${msMax / 1_000} s in vain: ${what}`, { cause: trouble });
    }
    await sleep(LOOK_EVERY_MS);
  }
}
