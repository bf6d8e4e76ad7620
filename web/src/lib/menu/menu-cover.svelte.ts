import { createContext } from 'svelte';

/** On a phone the menu lies over the page when it is asked for. */
export class MenuCover {
  #shown = $state(false);

  get shown(): boolean {
    return this.#shown;
  }

  show(): void {
    this.#shown = true;
  }

  hide(): void {
    this.#shown = false;
  }
}

export const [useMenuCover, provideMenuCover] = createContext<MenuCover>();
