import { createContext } from 'svelte';
import type { ApiClient } from '../api/client.ts';
import { sentence } from '../api/api-error.ts';
import type { Reminder } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { LiveEvents } from '../live/live-events.svelte.ts';

/** The agent's reminders that are not done. */
export class ReminderList {
  #api: ApiClient;
  #say: Speech;
  #items = $state<Reminder[]>([]);
  #loaded = $state(false);
  #error = $state<string | null>(null);

  constructor(api: ApiClient, say: Speech) {
    this.#api = api;
    this.#say = say;
  }

  get items(): Reminder[] {
    return this.#items;
  }

  /** Whether they have been asked for at all. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): string | null {
    return this.#error;
  }

  /** Loads them and follows the news; answers the way to stop. */
  start(live: LiveEvents): () => void {
    void this.refresh();
    return live.listen((event) => {
      if (event.kind === 'reminder' || event.kind === 'resync') void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    try {
      this.#items = (await this.#api.reminders()).items;
      this.#loaded = true;
      this.#error = null;
    } catch (error) {
      this.#error = sentence(error, this.#say);
    }
  }

  async done(id: string): Promise<void> {
    const before = this.#items;
    this.#items = before.filter((reminder) => reminder.id !== id);
    try {
      await this.#api.reminderDone(id);
      this.#error = null;
    } catch (error) {
      // It is not done: it stands there again, with the reason.
      this.#items = before;
      this.#error = sentence(error, this.#say);
    }
  }
}

export const [useReminders, provideReminders] = createContext<ReminderList>();
