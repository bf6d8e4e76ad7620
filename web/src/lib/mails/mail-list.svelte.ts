import { sentence } from '../api/api-error.ts';
import type { Page } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { LiveEvents } from '../live/live-events.svelte.ts';

const PAGE_SIZE = 50;
/** The API's longest page: a refresh never asks for more rows at once. */
const REFRESH_MAX = 200;
/** Bursts of changes refresh the list once. */
const GATHER_MS = 300;

type LoadPage<Item> = (page: { cursor: string | null; limit: number }) => Promise<Page<Item>>;

/** A list of mails; it follows the news, and says what was refused. */
export class MailList<Item extends { id: string }> {
  #load: LoadPage<Item>;
  #say: Speech;
  #items = $state.raw<Item[]>([]);
  #nextCursor = $state<string | null>(null);
  #loaded = $state(false);
  #error = $state<string | null>(null);
  #problems = $state<Record<string, string>>({});
  #busy = $state<string | null>(null);
  /** Came while the pointer was in the list: shown when it leaves, or when it is asked for. */
  #waiting = $state.raw<Page<Item> | null>(null);
  #held = false;
  /** Ends with what was asked for last: answers come in the order of their questions. */
  #asked: Promise<void> = Promise.resolve();

  constructor(load: LoadPage<Item>, say: Speech) {
    this.#load = load;
    this.#say = say;
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

  /** How many rows would come or go when the waiting news is shown. */
  get updates(): number {
    if (this.#waiting === null) return 0;
    const [before, after] = [this.#items, this.#waiting.items].map(
      (items) => new Set(items.map(({ id }) => id)),
    );
    return before?.symmetricDifference(after ?? before).size ?? 0;
  }

  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.showUpdates();
  }

  showUpdates(): void {
    if (this.#waiting !== null) this.#take(this.#waiting);
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
    return live.gather(
      ({ kind }) => kind !== 'reminder' && kind !== 'presence',
      GATHER_MS,
      () => this.refresh(),
    );
  }

  /** `now`: shown at once though the pointer is in the list, as what the agent did there is. */
  async refresh({ now = false } = {}): Promise<void> {
    await this.#ask(async () => {
      const limit = Math.min(Math.max(this.#items.length, PAGE_SIZE), REFRESH_MAX);
      const page = await this.#load({ cursor: null, limit });
      if (this.#held && !now && this.#moves(page)) this.#wait(page);
      else this.#take(page);
    });
  }

  async more(): Promise<void> {
    await this.#ask(async () => {
      if (this.#nextCursor === null) return;
      const page = await this.#load({ cursor: this.#nextCursor, limit: PAGE_SIZE });
      this.#items = [...this.#items, ...page.items];
      this.#nextCursor = page.nextCursor;
    });
  }

  /** Does something about a mail; a refusal stands beside it. Answers whether it was done. */
  async attempt(id: string, act: () => Promise<unknown>): Promise<boolean> {
    this.#busy = id;
    delete this.#problems[id];
    try {
      await act();
      await this.refresh({ now: true });
      return true;
    } catch (error) {
      this.#problems[id] = sentence(error, this.#say);
      return false;
    } finally {
      this.#busy = null;
    }
  }

  #take(page: Page<Item>): void {
    const end = this.#items.findIndex(({ id }) => id === page.items.at(-1)?.id);
    // What was shown beyond the answer stays, so that nobody who reads there loses the place.
    const rest = page.nextCursor === null || end < 0 ? [] : this.#items.slice(end + 1);
    this.#items = [...page.items, ...rest];
    if (rest.length === 0) this.#nextCursor = page.nextCursor;
    this.#waiting = null;
  }

  /** What rows say may change in place; where they stand may not. */
  #wait(page: Page<Item>): void {
    const fresh = new Map(page.items.map((item) => [item.id, item]));
    this.#items = this.#items.map((item) => fresh.get(item.id) ?? item);
    this.#waiting = page;
  }

  #moves({ items }: Page<Item>): boolean {
    return this.#items.some(({ id }, place) => items[place]?.id !== id);
  }

  #ask(question: () => Promise<void>): Promise<void> {
    this.#asked = this.#asked.then(question).then(
      () => {
        this.#loaded = true;
        this.#error = null;
      },
      (error: unknown) => {
        this.#error = sentence(error, this.#say);
      },
    );
    return this.#asked;
  }
}
