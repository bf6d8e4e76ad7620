import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Ticket } from '../api/types.ts';

/** The list whose rows are chosen from. */
interface Rows {
  items: Ticket[];
}

/**
 * Which rows of a list are selected, and on which one the keys stand. News move rows about and take
 * some away: what stays in the list stays selected, what has left it is not acted upon.
 */
export class Selection {
  #rows: Rows;
  #picked = new SvelteSet<number>();
  #cursor = $state<number | null>(null);
  #anchor: number | null = null;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** The selected tickets, in the order of the list. */
  get tickets(): Ticket[] {
    return this.#rows.items.filter((ticket) => this.#picked.has(ticket.number));
  }

  /** How many could be selected: the rows that are loaded. */
  get loaded(): number {
    return this.#rows.items.length;
  }

  get cursor(): number | null {
    return this.#cursor;
  }

  has(number: number): boolean {
    return this.#picked.has(number);
  }

  toggle(number: number): void {
    this.#forgetGone();
    if (!this.#picked.delete(number)) this.#picked.add(number);
    this.#anchor = number;
  }

  /** Selects everything from the row that was chosen last up to this one. */
  extendTo(number: number): void {
    const from = this.#placeOf(this.#anchor ?? number);
    const to = this.#placeOf(number);
    if (to < 0) return;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const ticket of this.#rows.items.slice(first, last + 1)) this.#picked.add(ticket.number);
  }

  all(): void {
    for (const ticket of this.#rows.items) this.#picked.add(ticket.number);
  }

  clear(): void {
    this.#picked.clear();
    this.#anchor = null;
  }

  /**
   * Moves the cursor of the keys; answers where it stands then. It begins at `begin`, the place of
   * the first row in view.
   */
  step(by: number, begin = 0): number | null {
    const last = this.#rows.items.length - 1;
    const known = this.#cursor === null ? -1 : this.#placeOf(this.#cursor);
    const here = known < 0 ? begin - Math.sign(by) : known;
    const there = Math.min(Math.max(here + by, 0), last);
    this.#cursor = this.#rows.items[there]?.number ?? null;
    return this.#cursor;
  }

  #placeOf(number: number): number {
    return this.#rows.items.findIndex((ticket) => ticket.number === number);
  }

  /** What has left the list does not come back selected. */
  #forgetGone(): void {
    const here = new Set(this.#rows.items.map((ticket) => ticket.number));
    for (const number of this.#picked) if (!here.has(number)) this.#picked.delete(number);
  }
}

export const [useSelection, provideSelection] = createContext<Selection>();
