import type { IconName } from '../icons/icon-name.ts';

/** A line that can be picked: what kind of thing it is, and which one. */
export interface PickLine {
  icon: IconName;
  what: string;
  text: string;
  pick: () => void;
}

/** Lines under a field: the arrow keys walk through them while the focus stays in the field. */
export class Picker {
  readonly #lines: () => PickLine[];
  readonly #firstIsOn: boolean;
  #walked = $state<number | null>(null);

  /** `firstIsOn`: Enter takes the first line without walking to it. */
  constructor(lines: () => PickLine[], firstIsOn: boolean) {
    this.#lines = lines;
    this.#firstIsOn = firstIsOn;
  }

  get lines(): PickLine[] {
    return this.#lines();
  }

  /** The place of the line that Enter takes; -1 for none. */
  get on(): number {
    const first = this.#firstIsOn ? 0 : -1;
    return Math.min(this.#walked ?? first, this.lines.length - 1);
  }

  /** What is typed is something else now. */
  restart(): void {
    this.#walked = null;
  }

  /** Walks or picks; answers whether the key was one of its own. */
  press(event: KeyboardEvent): boolean {
    const { lines, on } = this;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      this.#walked = (on + step + lines.length) % lines.length;
      return true;
    }
    const line = event.key === 'Enter' ? lines[on] : undefined;
    if (line === undefined) return false;
    event.preventDefault();
    line.pick();
    return true;
  }
}
