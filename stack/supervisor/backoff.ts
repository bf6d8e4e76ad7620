/** The first restart is quick, since a killed part is usually well again. */
const FIRST_MS = 100;
/** A part that cannot run is tried often enough to come back soon after its cause is mended. */
const LAST_MS = 10_000;
/** Whoever ran this long has recovered; its next end is a new story. */
const RECOVERED_MS = 30_000;

/** How long to wait before a restart: doubling while the part does not stay up. */
export function createBackoff(): (ranMs: number) => number {
  let nextMs = FIRST_MS;
  return (ranMs) => {
    if (ranMs >= RECOVERED_MS) nextMs = FIRST_MS;
    const waitMs = nextMs;
    nextMs = Math.min(nextMs * 2, LAST_MS);
    return waitMs;
  };
}
