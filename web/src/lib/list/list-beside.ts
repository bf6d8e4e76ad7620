import { createContext } from 'svelte';
import type { TicketList } from './ticket-list.svelte.ts';

/** The list that stands beside an open ticket; a function, since another view is another list. */
export const [useListBeside, provideListBeside] = createContext<() => TicketList>();
