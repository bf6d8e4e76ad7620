import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { Page, Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { LiveEvent, LiveEvents } from '../live/live-events.svelte.ts';
import { ticketQuery, type ListQuery } from './views.ts';

export const PAGE_SIZE = 50;
/** The API's longest page: a refresh never asks for more rows at once. */
const REFRESH_MAX = 200;
/** Bursts of changes refresh the list once. */
const GATHER_MS = 300;

/** The first page of a list, as the API takes it. */
export function firstPage(api: ApiClient, query: ListQuery, limit = PAGE_SIZE) {
  return api.tickets({ ...ticketQuery(query), limit });
}

/**
 * A list of tickets that follows the news. Rows never move under the pointer: while `hold(true)`,
 * a change of order waits in `updates` until it is asked for or the pointer leaves.
 */
export class TicketList {
  readonly query: ListQuery;
  #api: ApiClient;
  #say: Speech;
  #items = $state.raw<Ticket[]>([]);
  #nextCursor = $state<string | null>(null);
  #waiting = $state.raw<Page<Ticket> | null>(null);
  #error = $state<string | null>(null);
  #busy = $state(false);
  #held = false;
  #asked = 0;

  constructor(api: ApiClient, query: ListQuery, first: Page<Ticket>, say: Speech) {
    this.#api = api;
    this.#say = say;
    this.query = query;
    this.#items = first.items;
    this.#nextCursor = first.nextCursor;
  }

  get items(): Ticket[] {
    return this.#items;
  }

  /** What it holds, as another list with the same query can begin. */
  get page(): Page<Ticket> {
    return { items: this.#items, nextCursor: this.#nextCursor };
  }

  get error(): string | null {
    return this.#error;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  /** How many rows would come, go or move when the waiting news is shown. */
  get updates(): number {
    return this.#waiting === null ? 0 : changes(this.#items, this.#waiting.items);
  }

  /** Follows the news; answers the way to stop. */
  follow(live: LiveEvents): () => void {
    const concerns = ({ kind }: LiveEvent) => kind === 'ticket' || kind === 'resync';
    return live.gather(concerns, GATHER_MS, () => this.refresh());
  }

  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.showUpdates();
  }

  showUpdates(): void {
    if (this.#waiting !== null) this.#take(this.#waiting);
  }

  async refresh(): Promise<void> {
    const limit = Math.min(Math.max(this.#items.length, PAGE_SIZE), REFRESH_MAX);
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await firstPage(this.#api, this.query, limit);
      // An answer that comes after that of a later question is old.
      if (asked !== this.#asked) return;
      this.#error = null;
      this.#arrive(page);
    } catch (error) {
      this.#error = sentence(error, this.#say);
    }
  }

  async more(): Promise<void> {
    if (this.#nextCursor === null || this.#busy) return;
    this.#busy = true;
    try {
      const cursor = this.#nextCursor;
      const page = await this.#api.tickets({
        ...ticketQuery(this.query),
        limit: PAGE_SIZE,
        cursor,
      });
      const known = new Set(this.#items.map((ticket) => ticket.number));
      const more = page.items.filter((ticket) => !known.has(ticket.number));
      this.#items = [...this.#items, ...more];
      this.#nextCursor = page.nextCursor;
      this.#error = null;
    } catch (error) {
      this.#error = sentence(error, this.#say);
    } finally {
      this.#busy = false;
    }
  }

  #arrive(page: Page<Ticket>): void {
    if (!this.#held || changes(this.#items, page.items) === 0) {
      this.#take(page);
      return;
    }
    // What the rows say may change in place; where they stand may not.
    const fresh = new Map(page.items.map((ticket) => [ticket.number, ticket]));
    this.#items = this.#items.map((ticket) => fresh.get(ticket.number) ?? ticket);
    this.#waiting = page;
  }

  #take(page: Page<Ticket>): void {
    const beyond = this.#items.length > REFRESH_MAX;
    const taken = new Set(page.items.map((ticket) => ticket.number));
    const rest = beyond
      ? this.#items.slice(REFRESH_MAX).filter((ticket) => !taken.has(ticket.number))
      : [];
    this.#items = [...page.items, ...rest];
    if (!beyond) this.#nextCursor = page.nextCursor;
    this.#waiting = null;
  }
}

/** Rows that are new, gone, or at another place; rows that only follow at the end move nothing. */
function changes(before: Ticket[], after: Ticket[]): number {
  const places = new Map(after.map((ticket, place) => [ticket.number, place]));
  const known = new Set(before.map((ticket) => ticket.number));
  const gone = before.filter((ticket) => !places.has(ticket.number)).length;
  const lastKnown = after.findLastIndex((ticket) => known.has(ticket.number));
  const come = after.filter(
    (ticket, place) => !known.has(ticket.number) && place < lastKnown,
  ).length;
  if (gone + come > 0) return gone + come;
  return before.filter((ticket, place) => places.get(ticket.number) !== place).length;
}
