/** Moves the focus in an open menu: by arrows, Home and End, or by the letters of its items. */
export function walkMenu(event: KeyboardEvent, root: HTMLElement): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const items = [...root.querySelectorAll<HTMLElement>('[role=menuitem], [role=menuitemradio]')];
  const here = items.findIndex((item) => item === document.activeElement);
  const letter = event.key.length === 1 ? event.key.toLowerCase() : null;
  const direct = items.find((item) => letter !== null && item.dataset.key === letter);
  const next = direct ?? itemFor(event.key, letter, items, here);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  // A letter that stands beside an item chooses it.
  if (direct !== undefined) direct.click();
}

function itemFor(
  key: string,
  letter: string | null,
  items: readonly HTMLElement[],
  here: number,
): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(here + 1) % items.length];
  if (key === 'ArrowUp') return items.at(here <= 0 ? -1 : here - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (letter === null || letter === ' ') return undefined;
  const after = [...items.slice(here + 1), ...items.slice(0, here + 1)];
  const begins = (item: HTMLElement) =>
    (item.textContent ?? '')
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(letter));
  return after.find(begins);
}
