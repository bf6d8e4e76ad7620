import { createContext } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'postkeep:theme';

/** Light, dark, or what the system says; kept in this browser. */
export class ThemeChoice {
  #theme = $state<Theme>(stored());
  #systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');

  get value(): Theme {
    return this.#theme;
  }

  /** What the page looks like now. */
  get dark(): boolean {
    return this.#theme === 'system' ? this.#systemIsDark.current : this.#theme === 'dark';
  }

  choose(theme: Theme): void {
    this.#theme = theme;
    if (theme === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(KEY);
      return;
    }
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  }
}

function stored(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

export const [useTheme, provideTheme] = createContext<ThemeChoice>();
