import { createContext } from 'svelte';
import type { IconName } from '../icons/icon-name.ts';

export interface Toast {
  id: number;
  icon: IconName;
  text: string;
  sub?: string;
  /** When it leaves by itself, in ms since 1970; the ring counts down to it. */
  until: number;
  lastsMs: number;
  countdown: boolean;
  action?: { label: string; run: () => void };
  /** What it tells of: where that stands on the page, it need not be told again. */
  about?: string;
}

export interface ToastWords {
  icon?: IconName;
  text: string;
  sub?: string;
  lastsMs?: number;
  countdown?: boolean;
  action?: Toast['action'];
  about?: string;
}

/** Long enough to read two lines and reach the button. */
const SHOWN_MS = 7000;
const TICK_MS = 250;

/** Short reports at the edge of the window. They never ask, and nothing is lost with them. */
export class Toasts {
  #items = $state<Toast[]>([]);
  #now = $state(Date.now());
  #nextId = 1;
  #timer: ReturnType<typeof setInterval> | undefined;

  get items(): Toast[] {
    return this.#items;
  }

  /** Seconds until a toast leaves. */
  secondsLeft(toast: Toast): number {
    return Math.max(0, Math.ceil((toast.until - this.#now) / 1000));
  }

  /** The share of its time that a toast still has, 0 to 1. */
  shareLeft(toast: Toast): number {
    return Math.min(1, Math.max(0, (toast.until - this.#now) / toast.lastsMs));
  }

  show(words: ToastWords): number {
    const id = this.#nextId++;
    const lastsMs = words.lastsMs ?? SHOWN_MS;
    const { icon = 'check', countdown = false, text, sub, action, about } = words;
    this.#now = Date.now();
    const until = this.#now + lastsMs;
    this.#items.push({ id, icon, text, sub, until, lastsMs, countdown, action, about });
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    return id;
  }

  /** Whether a toast that is shown tells of it. */
  tellsOf(about: string): boolean {
    return this.#items.some((toast) => toast.about === about);
  }

  dismiss(id: number): void {
    this.#items = this.#items.filter((toast) => toast.id !== id);
  }

  /** Runs the newest toast's action: what Z does. */
  undoLast(): void {
    const toast = this.#items.findLast((item) => item.action !== undefined);
    if (toast === undefined) return;
    toast.action?.run();
    this.dismiss(toast.id);
  }

  #tick(): void {
    this.#now = Date.now();
    this.#items = this.#items.filter((toast) => toast.until > this.#now);
    if (this.#items.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export const [useToasts, provideToasts] = createContext<Toasts>();
