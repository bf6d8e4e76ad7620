import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/**
 * Code of the page: resolves with the time from the next click to the end of the frame in which
 * `done` is true. Both ends are the page's own clock; how long the bench itself takes is not in it.
 */
const PAINTED_AFTER_CLICK = `globalThis.paintedAfterClick = (done) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const begin = (event) => {
      const look = () => {
        if (!done()) return requestAnimationFrame(look);
        // The frame is painted before the next task runs.
        port1.onmessage = () => {
          resolve(performance.now() - event.timeStamp);
          // An open port lives forever, and with it the event, its row, and the list of that row.
          port1.close();
        };
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    };
    addEventListener('click', begin, { capture: true, once: true });
  });`;

/** What takes longer is broken, not slow. */
const PAINTED_MS_MAX = 15_000;

export async function watchPaint(page: Page): Promise<void> {
  await page.addInitScript(PAINTED_AFTER_CLICK);
}

/** Milliseconds from the click that `click` makes until `done`, code of the page, holds. */
export async function clickToPainted(
  page: Page,
  done: string,
  click: () => Promise<void>,
): Promise<number> {
  const painted = page.evaluate<number>(`paintedAfterClick(() => ${done})`);
  // Waited for below; a click that fails is told instead.
  painted.catch(() => undefined);
  await click();
  const giveUp = new AbortController();
  const late = wait(PAINTED_MS_MAX, null, { signal: giveUp.signal }).then(() => {
    throw new Error(`not painted within ${PAINTED_MS_MAX} ms: ${done}`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([painted, late]);
  } finally {
    giveUp.abort();
  }
}

/** A click without a pointer: nothing has been loaded ahead for it. */
export function clickCold(page: Page, selector: string): Promise<void> {
  return page.evaluate<void>(`document.querySelector(${JSON.stringify(selector)}).click()`);
}

/** What the page's scripts keep, in MiB, after everything that nobody holds has gone. */
export async function heapMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 1_048_576;
  } finally {
    await session.detach();
  }
}
