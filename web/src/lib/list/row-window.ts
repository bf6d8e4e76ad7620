/** Short lists stand whole: the browser's own search finds every row. */
const WHOLE_MAX = 150;
/** Rows above and below what is seen, so that scrolling meets no empty place. */
const BEYOND = 20;
/** While nothing is measured: about a screenful. */
const UNMEASURED = 20;

export interface RowWindow {
  first: number;
  /** The place after the last one. */
  end: number;
}

/**
 * Which of `count` rows are drawn: those near the view, and `whole` says whether short lists are
 * drawn whole. All lengths are in pixels.
 */
export function rowWindow(
  count: number,
  rowHeight: number,
  view: { top: number; height: number; whole: boolean },
): RowWindow {
  if (view.whole && count <= WHOLE_MAX) return { first: 0, end: count };
  if (rowHeight <= 0) return { first: 0, end: Math.min(count, UNMEASURED) };
  const seen = Math.floor(view.top / rowHeight);
  const first = Math.min(Math.max(0, seen - BEYOND), Math.max(0, count - WHOLE_MAX));
  const end = Math.min(count, seen + Math.ceil(view.height / rowHeight) + BEYOND);
  return { first, end: Math.max(end, Math.min(first + BEYOND, count)) };
}
