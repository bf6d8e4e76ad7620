import { createContext } from 'svelte';
import type { ApiClient } from '../api/client.ts';
import type { Counts } from '../api/types.ts';
import type { LiveEvents } from './live-events.svelte.ts';

/** Bursts of changes ask for the counts once. */
const GATHER_MS = 250;

/** How many tickets each view holds, kept true by the live events. */
export class ViewCounts {
  #api: ApiClient;
  #counts = $state<Counts | null>(null);

  constructor(api: ApiClient) {
    this.#api = api;
  }

  get value(): Counts | null {
    return this.#counts;
  }

  /** Loads the counts and follows the news; answers the way to stop. */
  start(live: LiveEvents): () => void {
    void this.refresh();
    return live.gather(
      ({ kind }) => kind !== 'reminder' && kind !== 'presence',
      GATHER_MS,
      () => this.refresh(),
    );
  }

  /** Old counts stay when the server cannot be asked. */
  async refresh(): Promise<void> {
    this.#counts = await this.#api.counts().catch(() => this.#counts);
  }
}

export const [useCounts, provideCounts] = createContext<ViewCounts>();
