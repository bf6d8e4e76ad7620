import { sentence } from '../api/api-error.ts';
import type { Speech } from '../i18n/speech.ts';

/** A whole list of the settings; a refusal stands beside what it is about. */
export class KnownList<Item extends { id: string }> {
  readonly #load: () => Promise<Item[]>;
  readonly #say: Speech;
  #items = $state.raw<Item[]>([]);
  #loaded = $state(false);
  #error = $state<string | null>(null);
  #problems = $state<Record<string, string>>({});
  #busy = $state<string | null>(null);

  constructor(load: () => Promise<Item[]>, say: Speech) {
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

  problemOf(id: string): string | null {
    return this.#problems[id] ?? null;
  }

  isBusy(id: string): boolean {
    return this.#busy === id;
  }

  async refresh(): Promise<void> {
    try {
      this.#items = await this.#load();
      this.#error = null;
      this.#loaded = true;
    } catch (error) {
      this.#error = sentence(error, this.#say);
    }
  }

  /** Does something about one of them, and reads the list anew. Answers whether it was done. */
  async attempt(id: string, act: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy !== null) return false;
    this.#busy = id;
    delete this.#problems[id];
    try {
      await act();
    } catch (error) {
      this.#problems[id] = sentence(error, this.#say);
      return false;
    } finally {
      this.#busy = null;
    }
    await this.refresh();
    return true;
  }
}
