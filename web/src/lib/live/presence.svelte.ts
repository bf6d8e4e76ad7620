import { createContext } from 'svelte';
import type { Named } from '../api/types.ts';
import type { Doing, LiveEvents } from './live-events.svelte.ts';

/** Consoles repeat what their agent does every 20 s: silence is leaving without a word. */
const SILENCE_MAX_MS = 50_000;
const LOOK_EVERY_MS = 5000;

export interface Colleague extends Named {
  doing: Exclude<Doing, 'gone'>;
  /** When they began to do so, ISO 8601. */
  since: string;
  heardAt: number;
}

/** Which colleagues look at which tickets, and write on them. */
export class Presence {
  #tickets = $state.raw<ReadonlyMap<number, readonly Colleague[]>>(new Map());

  /** Follows the news; answers the way to stop. */
  start(live: LiveEvents): () => void {
    const timer = setInterval(() => this.#forgetSilent(), LOOK_EVERY_MS);
    const stop = live.listen((event) => {
      if (event.kind !== 'presence') return;
      const { number, agent, doing, since } = event;
      const others = this.on(number).filter(({ id }) => id !== agent.id);
      const heard = doing === 'gone' ? [] : [{ ...agent, doing, since, heardAt: Date.now() }];
      this.#put(number, [...others, ...heard]);
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }

  /** Who else is on a ticket, in the order of their coming. */
  on(number: number): readonly Colleague[] {
    return this.#tickets.get(number) ?? [];
  }

  #put(number: number, colleagues: readonly Colleague[]): void {
    const tickets = new Map(this.#tickets);
    if (colleagues.length === 0) tickets.delete(number);
    else tickets.set(number, colleagues);
    this.#tickets = tickets;
  }

  #forgetSilent(): void {
    const oldest = Date.now() - SILENCE_MAX_MS;
    for (const [number, colleagues] of this.#tickets) {
      const left = colleagues.filter(({ heardAt }) => heardAt >= oldest);
      if (left.length < colleagues.length) this.#put(number, left);
    }
  }
}

export const [usePresence, providePresence] = createContext<Presence>();
