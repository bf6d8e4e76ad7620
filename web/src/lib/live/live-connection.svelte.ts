export type LiveStatus = 'connecting' | 'live' | 'lost';

/** First wait before a lost connection is tried again; doubled up to the longest. */
const RETRY_FIRST_MS = 1000;
const RETRY_LONGEST_MS = 30_000;

/** The server speaks every 20 s: a line this silent is dead, though it looks open. */
const SILENCE_MAX_MS = 50_000;
const TICK_MS = 500;

type Heard = Record<string, (data: unknown) => void>;

/**
 * A stream of server-sent events that tells how it is. It retries by itself and not as the browser
 * would: the browser gives up on a refused connection, and does not say when it tries again.
 */
export class LiveConnection {
  #status = $state<LiveStatus>('connecting');
  #nextTryAt = $state<number | null>(null);
  #now = $state(Date.now());
  #address: string;
  #heard: Heard;
  #source: EventSource | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #retryMs = RETRY_FIRST_MS;
  #heardAt = Date.now();

  /** `heard`: what to do with each event by its name; `open` is told of each new connection. */
  constructor(address: string, heard: Heard) {
    this.#address = address;
    this.#heard = heard;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  get secondsLeft(): number | null {
    if (this.#nextTryAt === null) return null;
    return Math.max(1, Math.ceil((this.#nextTryAt - this.#now) / 1000));
  }

  start(): () => void {
    this.#connect();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    const retry = () => this.retry();
    const lost = () => this.#lost();
    addEventListener('online', retry);
    addEventListener('offline', lost);
    return () => {
      clearInterval(this.#ticking);
      removeEventListener('online', retry);
      removeEventListener('offline', lost);
      this.#source?.close();
    };
  }

  retry(): void {
    this.#connect();
  }

  #connect(): void {
    this.#source?.close();
    this.#nextTryAt = null;
    this.#heardAt = Date.now();
    const source = new EventSource(this.#address);
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#source === source && this.#lost();
    source.addEventListener('alive', () => (this.#heardAt = Date.now()));
    for (const [name, tell] of Object.entries(this.#heard)) {
      if (name === 'open') continue;
      source.addEventListener(name, (event) => {
        this.#heardAt = Date.now();
        tell(event.data);
      });
    }
  }

  #opened(): void {
    this.#status = 'live';
    this.#retryMs = RETRY_FIRST_MS;
    this.#heard.open?.(null);
  }

  #lost(): void {
    this.#source?.close();
    this.#status = 'lost';
    this.#now = Date.now();
    this.#nextTryAt = this.#now + this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_LONGEST_MS);
  }

  #tick(): void {
    const now = Date.now();
    if (this.#status !== 'lost') {
      if (this.#status === 'live' && now - this.#heardAt > SILENCE_MAX_MS) this.#lost();
      return;
    }
    this.#now = now;
    if (this.#nextTryAt !== null && now >= this.#nextTryAt) this.#connect();
  }
}
