import { createContext } from 'svelte';
import { fieldsOf } from '../api/json.ts';
import { isRecord } from '../api/problem-facts.ts';
import type { Named } from '../api/types.ts';
import { gathered } from './gathered.ts';
import { LiveConnection, type LiveStatus } from './live-connection.svelte.ts';

/** What a colleague does on a ticket; `typing` is an answer, `noting` a note. */
export const DOINGS = ['viewing', 'typing', 'noting', 'gone'] as const;
export type Doing = (typeof DOINGS)[number];

export type LiveEvent =
  | { kind: 'ticket'; number: number }
  | { kind: 'counts' }
  /** What became of a mail changed, though no ticket did. */
  | { kind: 'mails' }
  | { kind: 'reminder' }
  | { kind: 'presence'; number: number; agent: Named; doing: Doing; since: string }
  /** The connection is new: everything shown may be old. */
  | { kind: 'resync' };

/** A page is asked for, sometimes when a link is only pointed at, and shown this much later. */
const LATE_LISTENER_MS = 30_000;

/** The server's news (`GET /api/v1/events`), handed to whoever shows something. */
export class LiveEvents {
  #listeners = new Set<(event: LiveEvent) => void>();
  #connection = new LiveConnection('/api/v1/events', {
    'ticket.changed': (data) => this.#heardTicket(data),
    'mails.changed': () => this.#tell({ kind: 'mails' }),
    counts: () => this.#tell({ kind: 'counts' }),
    reminder: () => this.#tell({ kind: 'reminder' }),
    presence: (data) => this.#heardPresence(data),
    // Also at first: what happened between loading and connecting was told to nobody.
    open: () => this.#tell({ kind: 'resync' }),
  });
  /** The latest news of each kind and ticket, and when it was told. */
  #recent = new Map<string, { event: LiveEvent; at: number }>();

  get status(): LiveStatus {
    return this.#connection.status;
  }

  /** Until the next try, while the connection is lost; null during a try. */
  get secondsLeft(): number | null {
    return this.#connection.secondsLeft;
  }

  /** Connects; answers the way to disconnect. */
  start(): () => void {
    return this.#connection.start();
  }

  /**
   * Calls `listener` for each piece of news; answers the way to stop. What was told while it still
   * loaded what it shows, it is told as well: that may have been asked for before the news.
   */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    this.#forgetOld();
    const missed = [...this.#recent.values()];
    queueMicrotask(() => {
      for (const { event } of missed) if (this.#listeners.has(listener)) listener(event);
    });
    return () => this.#listeners.delete(listener);
  }

  /**
   * Calls `work` once for a burst of the news that concern it, `gatherMs` after the first. Answers
   * the way to stop.
   */
  gather(
    concerns: (event: LiveEvent) => boolean,
    gatherMs: number,
    work: () => Promise<void>,
  ): () => void {
    const { tell, stop } = gathered(gatherMs, work);
    const stopListening = this.listen((event) => {
      if (concerns(event)) tell();
    });
    return () => {
      stop();
      stopListening();
    };
  }

  /** Tries again at once. */
  retry(): void {
    this.#connection.retry();
  }

  #heardTicket(data: unknown): void {
    const { number } = factsIn(data);
    if (typeof number === 'number') this.#tell({ kind: 'ticket', number });
  }

  #heardPresence(data: unknown): void {
    const { number, agent, doing, since } = factsIn(data);
    const known = DOINGS.find((word) => word === doing);
    const { id, name } = isRecord(agent) ? agent : {};
    if (typeof number !== 'number' || known === undefined || typeof since !== 'string') return;
    if (typeof id !== 'string' || typeof name !== 'string') return;
    this.#tell({ kind: 'presence', number, agent: { id, name }, doing: known, since });
  }

  #forgetOld(): void {
    const since = performance.now() - LATE_LISTENER_MS;
    // The oldest stands first.
    for (const [key, { at }] of this.#recent) {
      if (at >= since) return;
      this.#recent.delete(key);
    }
  }

  #tell(event: LiveEvent): void {
    const key = keyOf(event);
    this.#forgetOld();
    this.#recent.delete(key);
    this.#recent.set(key, { event, at: performance.now() });
    for (const listener of this.#listeners) listener(event);
  }
}

function factsIn(data: unknown): Record<string, unknown> {
  return typeof data === 'string' ? fieldsOf(data) : {};
}

/** News of one key take the place of older ones. */
function keyOf(event: LiveEvent): string {
  if (event.kind === 'ticket') return `ticket ${event.number}`;
  return event.kind === 'presence' ? `presence ${event.number} ${event.agent.id}` : event.kind;
}

export const [useLive, provideLive] = createContext<LiveEvents>();
