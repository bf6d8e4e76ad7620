/** How far a list is scrolled, and how high its view and its rows are. */
export class Scrolled {
  top = $state(0);
  height = $state(0);
  rowHeight = $state(0);

  /** For the element that scrolls; `rows` is how its rows are found. Answers the way to stop. */
  watch(scroller: HTMLElement, rows: string): () => void {
    const measure = () => {
      this.top = scroller.scrollTop;
      this.height = scroller.clientHeight;
      const row = scroller.querySelector<HTMLElement>(rows);
      if (row !== null) this.rowHeight = row.getBoundingClientRect().height;
    };
    const onscroll = () => (this.top = scroller.scrollTop);
    const sizes = new ResizeObserver(measure);
    sizes.observe(scroller);
    const first = scroller.querySelector(rows);
    if (first !== null) sizes.observe(first);
    scroller.addEventListener('scroll', onscroll, { passive: true });
    measure();
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', onscroll);
    };
  }
}
