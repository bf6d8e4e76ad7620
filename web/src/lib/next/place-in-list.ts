import type { Ticket } from '../api/types.ts';

/**
 * Where an open ticket stands in the list that it was opened from. It may leave that list while it
 * is open, by being claimed for instance; those around it are remembered, so that next is next.
 */
export class PlaceInList {
  #items: () => Ticket[];
  #number: number;
  #before: number[];
  #after: number[];

  constructor(items: () => Ticket[], number: number) {
    this.#items = items;
    this.#number = number;
    const numbers = this.#numbers;
    const place = numbers.indexOf(number);
    this.#before = numbers.slice(0, Math.max(place, 0)).reverse();
    this.#after = place < 0 ? numbers : numbers.slice(place + 1);
  }

  /** From 0; below that it is not in the list. */
  get place(): number {
    return this.#numbers.indexOf(this.#number);
  }

  get length(): number {
    return this.#items().length;
  }

  get next(): number | null {
    return this.#nearest(1, this.#after);
  }

  get previous(): number | null {
    return this.#nearest(-1, this.#before);
  }

  get #numbers(): number[] {
    return this.#items().map((ticket) => ticket.number);
  }

  #nearest(by: number, remembered: readonly number[]): number | null {
    const numbers = this.#numbers;
    const place = numbers.indexOf(this.#number);
    if (place >= 0) return numbers[place + by] ?? null;
    return remembered.find((number) => numbers.includes(number)) ?? null;
  }
}
