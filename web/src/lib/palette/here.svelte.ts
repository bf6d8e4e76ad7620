import { createContext } from 'svelte';
import type { Finishing } from '../next/finishing.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';

/** The ticket that is open, and how it is finished. */
export interface TicketHere {
  page: OpenTicket;
  finishing: Finishing;
}

/** What the palette's commands are about: it lies over every page, and belongs to none. */
export class Here {
  #ticket = $state.raw<TicketHere | null>(null);

  get ticket(): TicketHere | null {
    return this.#ticket;
  }

  /** Answers the way to say that it is not open any more. */
  open(ticket: TicketHere): () => void {
    this.#ticket = ticket;
    return () => {
      // The next ticket may have been opened before this one was closed.
      if (this.#ticket === ticket) this.#ticket = null;
    };
  }
}

export const [useHere, provideHere] = createContext<Here>();
