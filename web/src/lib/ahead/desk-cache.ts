import { createContext } from 'svelte';
import { ListCache } from './list-cache.ts';
import { TicketCache } from './ticket-cache.ts';

/** What was loaded before it is asked for. Made anew for each sign-in. */
export class DeskCache {
  readonly tickets = new TicketCache();
  readonly lists = new ListCache();
}

export const [useCache, provideCache] = createContext<DeskCache>();
