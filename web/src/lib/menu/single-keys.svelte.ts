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

  /** The key of a press; null in text fields and dialogs, with modifiers, or when switched off. */
  pressed(event: KeyboardEvent): string | null {
    if (!this.#on || event.ctrlKey || event.metaKey || event.altKey) return null;
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return null;
    const target = event.target;
    if (target instanceof HTMLElement && target.closest('input, textarea, select, .pop')) {
      return null;
    }
    return event.key.toLowerCase();
  }
}

export const [useSingleKeys, provideSingleKeys] = createContext<SingleKeys>();
