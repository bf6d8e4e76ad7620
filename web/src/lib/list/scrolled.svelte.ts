import { tick } from 'svelte';
import { painted } from '../ahead/painted.ts';

/** How far a list is scrolled, and how high its view and its rows are. */
export class Scrolled {
  top = $state(0);
  height = $state(0);
  rowHeight = $state(0);
  #whole = $state(true);

  /** Whether rows out of view may be drawn. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Rows out of view wait until those in view are painted. For rows of one height. */
  drawInViewFirst(): void {
    this.#whole = false;
    void painted().then(() => (this.#whole = true));
  }

  /** For the element that scrolls; `rows` is how its rows are found. Answers the way to stop. */
  watch(scroller: HTMLElement, rows: string): () => void {
    let watched: Element | null = null;
    const sizes = new ResizeObserver(() => measure());
    const measure = () => {
      this.top = scroller.scrollTop;
      this.height = scroller.clientHeight;
      const row = scroller.querySelector(rows);
      if (row !== null) this.rowHeight = row.getBoundingClientRect().height;
      if (row === watched) return;
      // The one that was watched is not drawn any more: rows can grow and shrink all the same.
      if (watched !== null) sizes.unobserve(watched);
      if (row !== null) sizes.observe(row);
      watched = row;
    };
    const onscroll = () => (this.top = scroller.scrollTop);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', onscroll, { passive: true });
    measure();
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', onscroll);
    };
  }

  /** Scrolls once the room of all rows is there, of which only a part is drawn at first. */
  async begin(scroller: HTMLElement, top: number): Promise<void> {
    if (top <= 0) return;
    await tick();
    scroller.scrollTop = top;
  }
}
