import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 20;

/** For what nobody is told of (a mail's outcome, another process): asks until there is some. */
export async function askUntil<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(PAUSE_MS);
  }
}
