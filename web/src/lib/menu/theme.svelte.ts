import { createContext } from 'svelte';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'postkeep:theme';

/** Light, dark, or what the system says; kept in this browser. */
export class ThemeChoice {
  #theme = $state<Theme>(stored());

  get value(): Theme {
    return this.#theme;
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
