import { createContext } from 'svelte';
import { fieldsOf } from '../api/json.ts';

export type LiveEvent =
  | { kind: 'ticket'; number: number }
  | { kind: 'counts' }
  /** What became of a mail changed, though no ticket did. */
  | { kind: 'mails' }
  | { kind: 'reminder' }
  /** The connection is new: everything shown may be old. */
  | { kind: 'resync' };

export type LiveStatus = 'connecting' | 'live' | 'lost';

/** First wait before a refused connection is tried again; doubled up to the longest. */
const RETRY_FIRST_MS = 1000;
const RETRY_LONGEST_MS = 30_000;

/** A page is asked for, sometimes when a link is only pointed at, and shown this much later. */
const LATE_LISTENER_MS = 30_000;

/** The server's news (`GET /api/v1/events`), handed to whoever shows something. */
export class LiveEvents {
  #status = $state<LiveStatus>('connecting');
  #listeners = new Set<(event: LiveEvent) => void>();
  #source: EventSource | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;
  /** The latest news of each kind and ticket, and when it was told. */
  #recent = new Map<string, { event: LiveEvent; at: number }>();

  get status(): LiveStatus {
    return this.#status;
  }

  /** Connects; answers the way to disconnect. */
  start(): () => void {
    this.#connect();
    return () => {
      clearTimeout(this.#retryTimer);
      this.#source?.close();
    };
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
   * Calls `work` once for a burst of the news that concern it: when none came for `gatherMs`.
   * Answers the way to stop.
   */
  gather(
    concerns: (event: LiveEvent) => boolean,
    gatherMs: number,
    work: () => Promise<void>,
  ): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = this.listen((event) => {
      if (!concerns(event)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void work(), gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  /** Tries again at once. */
  retry(): void {
    clearTimeout(this.#retryTimer);
    this.#source?.close();
    this.#connect();
  }

  #connect(): void {
    const source = new EventSource('/api/v1/events');
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#failed(source);
    source.addEventListener('ticket.changed', (event) => {
      const number = numberIn(event.data);
      if (number !== null) this.#tell({ kind: 'ticket', number });
    });
    source.addEventListener('mails.changed', () => this.#tell({ kind: 'mails' }));
    source.addEventListener('counts', () => this.#tell({ kind: 'counts' }));
    source.addEventListener('reminder', () => this.#tell({ kind: 'reminder' }));
  }

  #opened(): void {
    this.#status = 'live';
    this.#retryMs = RETRY_FIRST_MS;
    // Also at first: what happened between loading and connecting was told to nobody.
    this.#tell({ kind: 'resync' });
  }

  #failed(source: EventSource): void {
    this.#status = 'lost';
    // The browser itself retries a broken connection, but gives up on a refused one (503).
    if (source.readyState !== EventSource.CLOSED) return;
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_LONGEST_MS);
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
    const key = event.kind === 'ticket' ? `ticket ${event.number}` : event.kind;
    this.#forgetOld();
    this.#recent.delete(key);
    this.#recent.set(key, { event, at: performance.now() });
    for (const listener of this.#listeners) listener(event);
  }
}

function numberIn(data: unknown): number | null {
  const { number } = typeof data === 'string' ? fieldsOf(data) : {};
  return typeof number === 'number' ? number : null;
}

export const [useLive, provideLive] = createContext<LiveEvents>();
