import type { Attachment } from 'svelte/attachments';

/** So long a pointer rests on what it means; on its way across a list it does not. */
const REST_MS = 50;

/**
 * Calls `load` with the number of a ticket that will probably be opened: its row or link is under
 * the pointer, has the focus, or is being pressed.
 */
export function loadAhead(load: (number: number) => void): Attachment<HTMLElement> {
  return (root) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = ({ target }: Event) => {
      clearTimeout(timer);
      const number = ticketAt(target);
      if (number !== null) timer = setTimeout(() => load(number), REST_MS);
    };
    const press = ({ target }: Event) => {
      const number = ticketAt(target);
      if (number !== null) load(number);
    };
    root.addEventListener('pointerover', rest);
    root.addEventListener('focusin', press);
    root.addEventListener('pointerdown', press);
    return () => {
      clearTimeout(timer);
      root.removeEventListener('pointerover', rest);
      root.removeEventListener('focusin', press);
      root.removeEventListener('pointerdown', press);
    };
  };
}

/** The number of the ticket whose row or link this is in. */
export function ticketAt(target: EventTarget | null): number | null {
  if (!(target instanceof Element)) return null;
  const place = target.closest('[data-number], a[href^="/tickets/"]');
  const text = place?.getAttribute('data-number') ?? place?.getAttribute('href');
  const number = Number(/^(?:\/tickets\/)?(\d+)/.exec(text ?? '')?.[1]);
  return Number.isSafeInteger(number) ? number : null;
}
