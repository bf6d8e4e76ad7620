import { createContext } from 'svelte';
import { painted } from '../ahead/painted.ts';
import type { KeptTicket, TicketCache } from '../ahead/ticket-cache.ts';
import { ApiError, nameIn, sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { Customer } from '../api/customer-types.ts';
import type { NextItem, Ticket, TimelineEntry } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { LiveEvent, LiveEvents } from '../live/live-events.svelte.ts';
import { loadTicket, type LoadedTicket } from './load-ticket.ts';

/** Bursts of changes reload the ticket once. */
const GATHER_MS = 200;
/** What was loaded longer ago than a click takes is looked at again once it is shown. */
const FRESH_MS = 1000;

/** The ticket as it will be when the server agrees. */
export type Hope = (ticket: Ticket) => Ticket;
const unchanged: Hope = (ticket) => ticket;

/** The ticket on the page: what is shown, and what is being done to it. */
export class OpenTicket {
  readonly number: number;
  readonly api: ApiClient;
  readonly #say: Speech;
  /** Called when an answer is on its way with which the ticket is done. */
  onfinished: () => void = () => undefined;
  #loaded: LoadedTicket;
  #customer = $state.raw<Customer | null>(null);
  #earlier = $state.raw<Ticket[]>([]);
  #problems = $state<Record<string, string>>({});
  #busy = $state<string | null>(null);
  #hopes = $state.raw<Hope[]>([]);
  #claimedBy = $state<string | null>(null);
  #asked = 0;
  #cache: TicketCache;
  #loadedAt: number;

  constructor(api: ApiClient, kept: KeptTicket, cache: TicketCache, say: Speech) {
    this.api = api;
    this.#say = say;
    this.number = kept.loaded.ticket.number;
    this.#cache = cache;
    this.#loaded = $state.raw(kept.loaded);
    this.#loadedAt = kept.at;
  }

  get ticket(): Ticket {
    return this.#hopes.reduce((ticket, hope) => hope(ticket), this.#loaded.ticket);
  }

  get entries(): TimelineEntry[] {
    return this.#loaded.entries;
  }

  get next(): NextItem[] {
    return this.#loaded.next;
  }

  get customer(): Customer | null {
    return this.#customer;
  }

  get earlier(): Ticket[] {
    return this.#earlier;
  }

  get lastEntryId(): string | null {
    return this.entries.at(-1)?.id ?? null;
  }

  /** The colleague who was quicker, while the page asks what to do about it. */
  get claimedBy(): string | null {
    return this.#claimedBy;
  }

  /** What was refused in a part of the page, in words. */
  problemAt(part: string): string | null {
    return this.#problems[part] ?? null;
  }

  isBusy(part: string): boolean {
    return this.#busy === part;
  }

  clearProblem(part: string): void {
    delete this.#problems[part];
  }

  leaveToOwner(): void {
    this.#claimedBy = null;
  }

  /**
   * Does something to the ticket and shows the outcome: a refusal stands next to `part` of the
   * page. Answers what the call answered, or null when it was refused. What `hope` makes of the
   * ticket is shown at once, until the server has answered.
   */
  async attempt<T>(
    part: string,
    act: () => Promise<T>,
    hope: Hope = unchanged,
  ): Promise<{ answer: T } | null> {
    this.#busy = part;
    delete this.#problems[part];
    this.#hopes = [...this.#hopes, hope];
    try {
      const answer = await act();
      await this.refresh();
      return { answer };
    } catch (error) {
      this.#refused(part, error);
      return null;
    } finally {
      this.#busy = null;
      this.#hopes = this.#hopes.filter((other) => other !== hope);
    }
  }

  /** Loads again; what is shown stays when the server cannot be asked. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const loaded = await loadTicket(this.api, this.number);
      // An answer that comes after that of a later question is old.
      if (asked !== this.#asked) return;
      this.#loaded = loaded;
      this.#cache.keep(this.number, loaded);
      delete this.#problems.page;
      this.#markRead();
    } catch (error) {
      this.#problems.page = sentence(error, this.#say);
    }
  }

  async loadCustomer(): Promise<void> {
    const { id } = this.ticket.customer;
    const [customer, tickets] = await Promise.allSettled([
      this.api.customer(id),
      this.api.customerTickets(id),
    ]);
    if (customer.status === 'fulfilled') this.#customer = customer.value;
    if (tickets.status === 'fulfilled') {
      this.#earlier = tickets.value.items.filter((ticket) => ticket.number !== this.number);
    }
  }

  /** Follows the news about this ticket; answers the way to stop. */
  follow(live: LiveEvents): () => void {
    void painted().then(() => this.#catchUp());
    const concerns = (event: LiveEvent) =>
      event.kind === 'resync' || (event.kind === 'ticket' && event.number === this.number);
    return live.gather(concerns, GATHER_MS, () => this.refresh());
  }

  /** Asks for what the conversation does without. */
  #catchUp(): void {
    void this.loadCustomer();
    if (Date.now() - this.#loadedAt > FRESH_MS) void this.refresh();
    else this.#markRead();
  }

  /** What lies in a hidden tab has not been read. */
  #markRead(): void {
    const last = Number(this.lastEntryId);
    if (!this.ticket.unread || document.hidden || !Number.isInteger(last)) return;
    // Nothing is lost with it: the mark stays, and goes with the next look.
    this.api.markRead(this.number, last).catch(() => undefined);
  }

  #refused(part: string, error: unknown): void {
    if (error instanceof ApiError && error.code === 'already_claimed') {
      this.#claimedBy = nameIn(error, 'owner') ?? this.#say.t.parts.someone;
    } else {
      this.#problems[part] = sentence(error, this.#say);
    }
    // A conflict means that the page is old: show what is true now.
    if (error instanceof ApiError && error.status === 409) void this.refresh();
  }
}

export const [useTicket, provideTicket] = createContext<OpenTicket>();
