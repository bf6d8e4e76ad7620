import { createContext } from 'svelte';

const KEY = 'postkeep:single-keys';

/** Whether single-key shortcuts work; kept in this browser, since it belongs to its keyboard. */
export class SingleKeys {
  #on = $state(localStorage.getItem(KEY) !== 'off');

  get on(): boolean {
    return this.#on;
  }

  toggle(): void {
    this.#on = !this.#on;
    localStorage.setItem(KEY, this.#on ? 'on' : 'off');
  }
}

export const [useSingleKeys, provideSingleKeys] = createContext<SingleKeys>();
