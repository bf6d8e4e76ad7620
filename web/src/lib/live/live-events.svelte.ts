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

/** The server's news (`GET /api/v1/events`), handed to whoever shows something. */
export class LiveEvents {
  #status = $state<LiveStatus>('connecting');
  #toldAt = -Infinity;
  #listeners = new Set<(event: LiveEvent) => void>();
  #source: EventSource | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;

  get status(): LiveStatus {
    return this.#status;
  }

  /** When the newest news came, as `performance.now()` counts. */
  get toldAt(): number {
    return this.#toldAt;
  }

  /** Connects; answers the way to disconnect. */
  start(): () => void {
    this.#connect();
    return () => {
      clearTimeout(this.#retryTimer);
      this.#source?.close();
    };
  }

  /** Calls `listener` for each piece of news; answers the way to stop. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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

  #tell(event: LiveEvent): void {
    this.#toldAt = performance.now();
    for (const listener of this.#listeners) listener(event);
  }
}

function numberIn(data: unknown): number | null {
  const { number } = typeof data === 'string' ? fieldsOf(data) : {};
  return typeof number === 'number' ? number : null;
}

export const [useLive, provideLive] = createContext<LiveEvents>();
