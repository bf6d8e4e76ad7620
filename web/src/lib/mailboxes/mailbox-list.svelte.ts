import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { Speech } from '../i18n/speech.ts';
import type { MailboxSettings, TriedStep } from '../api/mailbox-types.ts';

/** Health is no news of a ticket: it is asked for so often, while somebody looks. */
const REFRESH_MS = 15_000;
/** Whoever has just saved a mailbox waits for its first fetch, which comes within seconds. */
const FIRST_FETCH_MS = 3_000;

export type MailboxTest =
  | { state: 'running'; since: number }
  | { state: 'done'; steps: TriedStep[] }
  | { state: 'refused'; words: string };

/** All mailboxes with their health, and what tests of them have shown. */
export class MailboxList {
  #api: ApiClient;
  readonly #say: Speech;
  #items = $state.raw<MailboxSettings[]>([]);
  #loaded = $state(false);
  #error = $state<string | null>(null);
  #tests = $state<Record<string, MailboxTest>>({});

  constructor(api: ApiClient, say: Speech) {
    this.#api = api;
    this.#say = say;
  }

  get items(): MailboxSettings[] {
    return this.#items;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): string | null {
    return this.#error;
  }

  testOf(id: string): MailboxTest | null {
    return this.#tests[id] ?? null;
  }

  /** Loads the list and keeps it fresh; answers the way to stop. */
  follow(): () => void {
    void this.refresh();
    let askedAt = Date.now();
    const timer = setInterval(() => {
      const now = Date.now();
      const isDue = now - askedAt >= REFRESH_MS || this.#items.some(waitsForFirstFetch);
      if (document.hidden || !isDue) return;
      askedAt = now;
      void this.refresh();
    }, FIRST_FETCH_MS);
    return () => clearInterval(timer);
  }

  async refresh(): Promise<void> {
    try {
      this.#items = await this.#api.mailboxSettings();
      this.#loaded = true;
      this.#error = null;
    } catch (error) {
      this.#error = sentence(error, this.#say);
    }
  }

  /** Tries the mailbox's servers; what was found stands beside it until it is put away. */
  async test(id: string): Promise<void> {
    if (this.#tests[id]?.state === 'running') return;
    this.#tests[id] = { state: 'running', since: Date.now() };
    try {
      const { steps } = await this.#api.testMailbox(id);
      this.#tests[id] = { state: 'done', steps };
    } catch (error) {
      this.#tests[id] = { state: 'refused', words: sentence(error, this.#say) };
    }
    await this.refresh();
  }

  putAway(id: string): void {
    delete this.#tests[id];
  }
}

function waitsForFirstFetch({ incoming, health }: MailboxSettings): boolean {
  const isRead = incoming?.enabled === true;
  return isRead && (health?.lastFetchAt ?? null) === null && (health?.error ?? null) === null;
}
