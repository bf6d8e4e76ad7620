import { sentence } from '../api/api-error.ts';
import type { Page } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';

/** As long as a pause between words. */
const PAUSE_MS = 200;

/** A list that is searched as one types, page by page. */
export class FoundList<Item> {
  #ask: (q: string, cursor: string | null) => Promise<Page<Item>>;
  #say: Speech;
  #items = $state.raw<readonly Item[]>([]);
  #next = $state<string | null>(null);
  #loaded = $state(false);
  #error = $state<string | null>(null);
  #q = $state('');
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (q: string, cursor: string | null) => Promise<Page<Item>>, say: Speech) {
    this.#ask = ask;
    this.#say = say;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): string | null {
    return this.#error;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get q(): string {
    return this.#q;
  }

  set q(q: string) {
    this.#q = q;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), PAUSE_MS);
  }

  refresh = (): Promise<void> => this.#load(null);

  more = (): Promise<void> => this.#load(this.#next);

  async #load(cursor: string | null): Promise<void> {
    const asked = ++this.#asked;
    try {
      const page = await this.#ask(this.#q.trim(), cursor);
      // An answer to what is not asked any more.
      if (asked !== this.#asked) return;
      this.#items = cursor === null ? page.items : [...this.#items, ...page.items];
      this.#next = page.nextCursor;
      this.#loaded = true;
      this.#error = null;
    } catch (error) {
      if (asked === this.#asked) this.#error = sentence(error, this.#say);
    }
  }
}
