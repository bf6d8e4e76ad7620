import { tick } from 'svelte';
import type { Selection } from '../bulk/selection.svelte.ts';
import { offerCommands } from '../keys/commands.ts';
import type { Command } from '../keys/key-table.ts';
import type { TicketList } from './ticket-list.svelte.ts';

/** Offers the keys of a list of rows; those of tickets act on what is selected. */
export function offerListKeys(
  list: TicketList,
  selection: Selection,
  open: (number: number) => void,
): void {
  const onCursor = (act: (number: number) => unknown) => () =>
    selection.cursor === null ? false : act(selection.cursor);
  const commands = offerCommands({
    next: () => step(1),
    previous: () => step(-1),
    open: onCursor(open),
    select: onCursor((number) => selection.toggle(number)),
    selectRange: onCursor((number) => selection.extendTo(number)),
    updates: () => list.showUpdates(),
    claim: () => onSelected('claim'),
    assign: () => onSelected('assign'),
    label: () => onSelected('label'),
    invite: () => onSelected('invite'),
    pend: () => onSelected('pend'),
    solve: () => onSelected('solve'),
  });

  /** The focus moves along, so that the row is announced, and loaded ahead. */
  function step(by: number): void {
    const number = selection.step(by, firstInView());
    if (number === null || focusRow(number)) return;
    // A row that one has scrolled far away from is not drawn.
    scrollTo(list.items.findIndex((ticket) => ticket.number === number));
    requestAnimationFrame(() => focusRow(number));
  }

  /** With nothing selected, the row of the cursor is; its bar then does what the key says. */
  function onSelected(command: Command): unknown {
    if (selection.cursor === null || selection.tickets.length > 0) return false;
    selection.toggle(selection.cursor);
    return tick().then(() => selection.tickets.length > 0 && commands.run(command));
  }
}

function focusRow(number: number): boolean {
  const link = document.querySelector<HTMLElement>(`[data-number="${number}"] a`);
  link?.focus();
  return link !== null;
}

/** The place of the first row that is seen whole, from 0. */
function firstInView(): number {
  const rows = document.querySelector('.rows');
  const top = rows?.getBoundingClientRect().top ?? 0;
  const drawn = rows?.querySelectorAll<HTMLElement>('[data-number]') ?? [];
  const seen = [...drawn].find((row) => row.getBoundingClientRect().top >= top);
  return Math.max(Number(seen?.getAttribute('aria-posinset') ?? 1) - 1, 0);
}

function scrollTo(place: number): void {
  const rows = document.querySelector('.rows');
  const height = rows?.querySelector('.t')?.getBoundingClientRect().height ?? 0;
  if (rows !== null) rows.scrollTop = place * height - rows.clientHeight / 2;
}
