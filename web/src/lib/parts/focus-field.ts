import { tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/**
 * Puts the focus in the first field of a form that opens within the page, so that what is typed
 * goes there and not to the single-key shortcuts. When the form closes, the focus goes to `back`,
 * unless it was put elsewhere meanwhile.
 */
export function focusField(back: () => HTMLElement | null | undefined): Attachment<HTMLElement> {
  return (form) => {
    const field = 'input, textarea, select';
    (form.matches(field) ? form : form.querySelector<HTMLElement>(field))?.focus();
    return () => {
      // What is focused goes with the form, and the button that opened it may be drawn anew.
      void tick().then(() => {
        if (document.activeElement === document.body) back()?.focus();
      });
    };
  };
}
