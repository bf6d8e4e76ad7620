import { createContext } from 'svelte';

export const AFTER_DONE = ['next', 'list', 'stay'] as const;
export type Then = (typeof AFTER_DONE)[number];

const KEY = 'postkeep:after-done';

/** Where a ticket that is done leads: the next one, the list, or nowhere. Kept in this browser. */
export class AfterDone {
  #then = $state<Then>(stored());

  get then(): Then {
    return this.#then;
  }

  choose(then: Then): void {
    this.#then = then;
    localStorage.setItem(KEY, then);
  }
}

function stored(): Then {
  const kept = localStorage.getItem(KEY);
  return AFTER_DONE.find((then) => then === kept) ?? 'next';
}

export const [useAfterDone, provideAfterDone] = createContext<AfterDone>();
