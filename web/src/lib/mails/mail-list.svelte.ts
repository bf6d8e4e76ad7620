import { sentence } from '../api/api-error.ts';
import type { Page } from '../api/types.ts';
import type { LiveEvents } from '../live/live-events.svelte.ts';

/** Bursts of changes refresh the list once. */
const GATHER_MS = 300;

/** A list of mails that wait for a decision; it follows the news, and says what was refused. */
export class MailList<Item extends { id: string }> {
  #load: (cursor: string | null) => Promise<Page<Item>>;
  #items = $state.raw<Item[]>([]);
  #nextCursor = $state<string | null>(null);
  #loaded = $state(false);
  #error = $state<string | null>(null);
  #problems = $state<Record<string, string>>({});
  #busy = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(load: (cursor: string | null) => Promise<Page<Item>>) {
    this.#load = load;
  }

  get items(): Item[] {
    return this.#items;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): string | null {
    return this.#error;
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  problemOf(id: string): string | null {
    return this.#problems[id] ?? null;
  }

  isBusy(id: string): boolean {
    return this.#busy === id;
  }

  /** Loads the list and follows the news; answers the way to stop. */
  follow(live: LiveEvents): () => void {
    void this.refresh();
    const stop = live.listen((event) => {
      if (event.kind === 'reminder') return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.refresh(), GATHER_MS);
    });
    return () => {
      clearTimeout(this.#timer);
      stop();
    };
  }

  async refresh(): Promise<void> {
    await this.#take(null, []);
  }

  async more(): Promise<void> {
    if (this.#nextCursor !== null) await this.#take(this.#nextCursor, this.#items);
  }

  /** Does something about a mail; a refusal stands beside it. Answers whether it was done. */
  async attempt(id: string, act: () => Promise<unknown>): Promise<boolean> {
    this.#busy = id;
    delete this.#problems[id];
    try {
      await act();
      await this.refresh();
      return true;
    } catch (error) {
      this.#problems[id] = sentence(error);
      return false;
    } finally {
      this.#busy = null;
    }
  }

  async #take(cursor: string | null, before: Item[]): Promise<void> {
    try {
      const page = await this.#load(cursor);
      this.#items = [...before, ...page.items];
      this.#nextCursor = page.nextCursor;
      this.#loaded = true;
      this.#error = null;
    } catch (error) {
      this.#error = sentence(error);
    }
  }
}
