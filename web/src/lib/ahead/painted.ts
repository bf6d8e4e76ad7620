/** A tab that is hidden before its next frame paints none. */
const LATE_MS = 200;

/**
 * Resolves when what is on the page by now has been painted; soon in a hidden tab. What nobody sees
 * at first waits for this, so that it takes no time from what is looked at.
 */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, document.hidden ? 0 : LATE_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
