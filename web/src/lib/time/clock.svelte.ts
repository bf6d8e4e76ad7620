import { createContext } from 'svelte';

/** Often enough for "24 min"; rare enough to cost nothing. */
const TICK_MS = 20_000;

/** The time that relative times on the page are counted from. */
export class Clock {
  #now = $state(Date.now());

  get now(): number {
    return this.#now;
  }

  /** Ticks at `at` (ms since 1970) too, if that is before the next tick; answers how to stop. */
  tickAt(at: number): () => void {
    const leftMs = at - Date.now();
    if (leftMs < 0 || leftMs > TICK_MS) return () => undefined;
    const timer = setTimeout(() => (this.#now = Date.now()), leftMs);
    return () => clearTimeout(timer);
  }

  /** Begins to tick; answers the way to stop. */
  start(): () => void {
    const timer = setInterval(() => (this.#now = Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }
}

export const [useClock, provideClock] = createContext<Clock>();
