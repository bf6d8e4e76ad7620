import { createContext, onMount } from 'svelte';
import type { SingleKeys } from '../menu/single-keys.svelte.ts';
import { beginsPair, commandsOf, type Command } from './key-table.ts';
import { hasModifier, isMac, strokeOf } from './strokes.ts';

/** Does what the key says; `false` when it had nothing to do here after all. */
export type Act = (event?: KeyboardEvent) => unknown;

/** So long the second key of a pair is waited for. */
const PAIR_MS = 1500;

/**
 * What keys do. Parts of the page offer commands while they are shown; the latest offer counts.
 * One listener hears every press and looks it up in the table of keys.
 */
export class Commands {
  readonly mac = isMac(navigator.platform);
  #singleKeys: SingleKeys;
  #offers: { command: Command; act: Act }[] = [];
  #first: { stroke: string; at: number } | null = null;

  constructor(singleKeys: SingleKeys) {
    this.#singleKeys = singleKeys;
  }

  /** Single keys can be switched off; then they are not shown either. */
  shows(stroke: string): boolean {
    return this.#singleKeys.on || hasModifier(stroke);
  }

  /** Offers commands; answers the way to stop. */
  offer(acts: Partial<Record<Command, Act>>): () => void {
    const offers: { command: Command; act: Act }[] = [];
    let command: Command;
    for (command in acts) {
      const act = acts[command];
      if (act !== undefined) offers.push({ command, act });
    }
    this.#offers.push(...offers);
    return () => (this.#offers = this.#offers.filter((offer) => !offers.includes(offer)));
  }

  can(command: Command): boolean {
    return this.#offers.some((offer) => offer.command === command);
  }

  /** Does it by the latest offer that has something to do; `false` when none has. */
  run(command: Command, event?: KeyboardEvent): boolean {
    return this.#offers
      .filter((offer) => offer.command === command)
      .reverse()
      .some((offer) => offer.act(event) !== false);
  }

  /** Hears a press, wherever on the page. */
  press(event: KeyboardEvent): void {
    const stroke = strokeOf(event, this.mac);
    if (stroke === null || event.defaultPrevented || event.isComposing || modalIsOpen()) return;
    if (!hasModifier(stroke) && !this.#meant(stroke, event)) return;
    const pair = this.#pairWith(stroke);
    if (pair === null) return;
    if (commandsOf(pair).some((command) => this.run(command, event))) event.preventDefault();
  }

  /** Whether a key without a modifier is meant for us and not for what has the focus. */
  #meant(stroke: string, event: KeyboardEvent): boolean {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (isWritten(target)) {
      if (stroke === 'Escape') leave(target, event);
      return false;
    }
    if (!this.#singleKeys.on || target.closest('.pop') !== null) return false;
    // Enter on a link or a button presses that.
    return stroke !== 'Enter' || target.closest('a, button, summary, input') === null;
  }

  /** The stroke, with the one before it where they are a pair; null while a second is awaited. */
  #pairWith(stroke: string): string | null {
    const first = this.#first;
    this.#first = null;
    const now = performance.now();
    if (first !== null && now - first.at < PAIR_MS) return `${first.stroke} ${stroke}`;
    if (!beginsPair(stroke)) return stroke;
    this.#first = { stroke, at: now };
    return null;
  }
}

function modalIsOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

const WITHOUT_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'file', 'range']);

/** Whether keys are written into it. */
function isWritten(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type);
  return (
    target.closest('textarea, select, [contenteditable]:not([contenteditable=false])') !== null
  );
}

/** Escape leaves a field, so that the single keys work again; a search is emptied first. */
function leave(field: HTMLElement, event: KeyboardEvent): void {
  if (field.closest('.pop') !== null) return;
  if (field instanceof HTMLInputElement && field.type === 'search' && field.value !== '') return;
  event.preventDefault();
  field.blur();
}

export const [useCommands, provideCommands] = createContext<Commands>();

/** Offers commands as long as the component that calls it is on the page. */
export function offerCommands(acts: Partial<Record<Command, Act>>): Commands {
  const commands = useCommands();
  onMount(() => commands.offer(acts));
  return commands;
}
