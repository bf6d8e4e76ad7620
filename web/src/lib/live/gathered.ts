/**
 * `tell` has the work done once for a burst, `gatherMs` after its first news: on a busy day there
 * is never a moment without any, so that waiting for one would be waiting for the evening.
 */
export function gathered(gatherMs: number, work: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    timer = undefined;
    void work();
  };
  return {
    tell: () => {
      timer ??= setTimeout(begin, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
}
