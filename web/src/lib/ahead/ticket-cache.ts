import type { ApiClient } from '../api/client.ts';
import type { LiveEvents } from '../live/live-events.svelte.ts';
import { loadTicket, type LoadedTicket } from '../ticket/load-ticket.ts';

/** More than anybody walks through with J and K; the oldest make room. */
const KEPT_MAX = 40;
/** Without news a ticket is as it was; but news can be lost, and dates pass. */
const KEPT_MS = 60_000;

/** A ticket as it was loaded, and when (ms since 1970). */
export interface KeptTicket {
  loaded: LoadedTicket;
  at: number;
}

/**
 * Tickets that were loaded before they are asked for, so that opening one waits for nothing. News
 * about a ticket throws it away. Loading a ticket never marks it as read.
 */
export class TicketCache {
  #kept = new Map<number, Promise<KeptTicket>>();
  #startedAt = new Map<number, number>();

  /** Loads a ticket that will perhaps be opened; a failure is told when it is. */
  ahead(api: ApiClient, number: number): void {
    this.take(api, number).catch(() => undefined);
  }

  /** The kept ticket, or a loaded one. */
  take(api: ApiClient, number: number): Promise<KeptTicket> {
    const kept = this.#kept.get(number);
    const age = Date.now() - (this.#startedAt.get(number) ?? 0);
    if (kept !== undefined && age < KEPT_MS) return kept;
    const asked = loadTicket(api, number).then((loaded) => ({ loaded, at: Date.now() }));
    this.#keep(number, asked);
    // A failure is no ticket: the next one who asks tries again.
    asked.catch(() => this.#kept.get(number) === asked && this.forget(number));
    return asked;
  }

  /** Keeps what the open page has loaded, for when it is come back to. */
  keep(number: number, loaded: LoadedTicket): void {
    this.#keep(number, Promise.resolve({ loaded, at: Date.now() }));
  }

  forget(number: number): void {
    this.#kept.delete(number);
    this.#startedAt.delete(number);
  }

  /** Forgets what the news are about; answers the way to stop. */
  follow(live: LiveEvents): () => void {
    return live.listen((event) => {
      if (event.kind === 'ticket') this.forget(event.number);
      if (event.kind === 'resync') this.#forgetAll();
    });
  }

  #keep(number: number, ticket: Promise<KeptTicket>): void {
    this.forget(number);
    this.#kept.set(number, ticket);
    this.#startedAt.set(number, Date.now());
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.forget(oldest);
  }

  #forgetAll(): void {
    this.#kept.clear();
    this.#startedAt.clear();
  }
}
