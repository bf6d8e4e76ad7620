import { setTimeout as sleep } from 'node:timers/promises';

/** Two cores run two products and two test files: what takes long is lost. */
const WAIT_MS_MAX = 25_000;
const POLL_MS = 60;

/** Asks until there is something to see. @throws when there is nothing in time */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  waitMsMax = WAIT_MS_MAX,
): Promise<T> {
  const until = Date.now() + waitMsMax;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`there was no ${what} within ${waitMsMax / 1_000} s`);
    await sleep(POLL_MS);
  }
}

/** An ISO 8601 date in UTC, so many seconds from now. */
export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString();
}
