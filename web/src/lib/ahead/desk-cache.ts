import { createContext } from 'svelte';
import type { Mailbox } from '../api/types.ts';
import { ListCache } from './list-cache.ts';
import { TicketCache } from './ticket-cache.ts';

/** What was loaded before it is asked for. Made anew for each sign-in. */
export class DeskCache {
  readonly tickets = new TicketCache();
  readonly lists = new ListCache();
  /** As they were last loaded: with them an editor has its signature from the beginning. */
  mailboxes: Mailbox[] | null = null;
}

export const [useCache, provideCache] = createContext<DeskCache>();
