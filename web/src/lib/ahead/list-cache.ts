import type { Page, Ticket } from '../api/types.ts';
import { listPath, type ListQuery } from '../list/views.ts';

/** A list that is on the page and follows the news. */
interface ShownList {
  query: ListQuery;
  page: Page<Ticket>;
}

/** The lists that are shown: what stands on this page need not be loaded for the next one. */
export class ListCache {
  #shown = new Set<ShownList>();
  #left = { path: '', top: 0 };

  /** Answers the way to stop. */
  show(list: ShownList): () => void {
    this.#shown.add(list);
    return () => this.#shown.delete(list);
  }

  /** What a shown list with this query holds; null when there is none. */
  find(query: ListQuery): Page<Ticket> | null {
    const path = listPath(query);
    for (const list of this.#shown) if (listPath(list.query) === path) return list.page;
    return null;
  }

  /** Keeps how far a list is scrolled that is left, for who comes back to it. */
  leave(query: ListQuery, top: number): void {
    this.#left = { path: listPath(query), top };
  }

  /** How far the list was scrolled when it was left, if it is the one that was left last. */
  placeOf(query: ListQuery): number {
    return this.#left.path === listPath(query) ? this.#left.top : 0;
  }
}
