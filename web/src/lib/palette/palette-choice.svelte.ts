import type { PaletteItem, ShownGroup } from './palette-item.ts';

/** What is typed into the palette, and which of what it finds is chosen. */
export class PaletteChoice {
  #typed = $state('');
  #place = $state(0);
  #source = $state.raw<() => ShownGroup[]>(() => []);
  #groups = $derived(this.#source());
  #shown = $derived(this.#groups.flatMap((group) => group.items));

  get typed(): string {
    return this.#typed;
  }

  /** With other words the best is chosen again. */
  set typed(typed: string) {
    this.#typed = typed;
    this.#place = 0;
  }

  get groups(): ShownGroup[] {
    return this.#groups;
  }

  get chosen(): PaletteItem | undefined {
    return this.#shown[Math.min(this.#place, this.#shown.length - 1)];
  }

  /** Says where the items come from; until then nothing is found. */
  findIn(source: () => ShownGroup[]): void {
    this.#source = source;
  }

  step(by: number): void {
    const all = this.#shown.length;
    if (all > 0) this.#place = (Math.min(this.#place, all - 1) + by + all) % all;
  }
}
