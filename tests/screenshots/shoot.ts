import type { BrowserContext, Page } from 'playwright-core';
import { settled } from '../browser/console-pages.ts';
import type { Stage, State } from './states.ts';

/** Of views, in the menu and in the rail; one of them is hidden. */
const COUNTS = 'nav .nav .count, nav .ri b';
/** No call on its way for so long: the page stands. */
const QUIET_MS = 150;
/** Both go on for ever. */
const ENDLESS = /\/api\/v1\/events|^blob:|^data:/;

/** A finger needs so much; what stands within a sentence is a link, and may be as its words are. */
const TAP_PX_MIN = 40;

/** Code that runs in the browser: whether the page is wider than its window. */
const WIDTHS = '[document.documentElement.scrollWidth, window.innerWidth]';

/** Code that runs in the browser: what is too small for a finger, by its words and its size. */
const SMALL = `(() => {
  const all = document.querySelectorAll(
    'button, a.btn, [role=menuitem], [role=option], [role=tab], nav a, summary, input, select');
  return [...all].flatMap((one) => {
    const around = one.matches('input, select') &&
      one.closest('label, .fchip, .seeker, .searching, .pick-field, .q, .choices td');
    const target = around || one;
    if (one.closest('.vh, [hidden], [inert]') || target.matches('.vh, .link')) return [];
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    const { width, height } = target.getBoundingClientRect();
    const after = getComputedStyle(target, '::after');
    const reach = (length) => (after.position === 'absolute' && parseFloat(length)) || 0;
    const tall = Math.max(height, reach(after.height));
    const low = Math.min(tall, Math.max(width, reach(after.width)));
    if (width === 0 || low >= ${TAP_PX_MIN}) return [];
    const words = one.getAttribute('aria-label') ?? one.textContent?.trim() ?? one.className;
    return [words.slice(0, 30) + ' ' + Math.round(width) + 'x' + Math.round(height)];
  });
})()`;

/**
 * Loads a page once, and takes it in the light and in the dark. Answers what is wrong with it: that
 * it did not come, what the browser's console was told, what is too wide or too small.
 */
export async function shoot(
  context: BrowserContext,
  { path, nobody, before, show, complains }: State,
  { stage, fileOf }: { stage: Stage; fileOf: (theme: 'light' | 'dark') => string },
): Promise<string[]> {
  const address = path(stage);
  if (address === null) return ['not there'];
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', ({ message }) => wrong.push(`error: ${message}`));
  page.on('console', (said) => {
    if (!complains && said.type() === 'error') wrong.push(`console: ${said.text()}`);
  });
  const calls = countCalls(page);
  try {
    await page.emulateMedia({ colorScheme: 'light' });
    await before?.(page, stage);
    await page.goto(address);
    await settled(page);
    // The counts of the menu come by a call of their own.
    if (!nobody && !complains) await page.locator(COUNTS).first().waitFor({ state: 'attached' });
    await calls.quiet();
    await show?.(page, stage);
    await calls.quiet();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.screenshot({ path: fileOf(theme), animations: 'disabled' });
    }
    const [wide = 0, room = 0] = await page.evaluate<number[]>(WIDTHS);
    if (wide > room) wrong.push(`too wide: ${wide} px in a window of ${room}`);
    if (await page.evaluate<boolean>("matchMedia('(pointer: coarse)').matches")) {
      const small = await page.evaluate<string[]>(SMALL);
      if (small.length > 0) wrong.push(`too small: ${[...new Set(small)].join(', ')}`);
    }
  } catch (error) {
    wrong.push(`not taken: ${String(error).split('\n')[0]}`);
  } finally {
    await context.setOffline(false);
    await page.close();
  }
  return wrong;
}

/** Counts what a page asks its server for. */
function countCalls(page: Page): { quiet: () => Promise<void> } {
  const going = new Set<object>();
  page.on('request', (request) => {
    if (!ENDLESS.test(request.url())) going.add(request);
  });
  const ended = (request: object) => going.delete(request);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  const quiet = async () => {
    for (let still = 0; still < QUIET_MS; still = going.size === 0 ? still + 50 : 0) {
      await page.waitForTimeout(50);
    }
  };
  return { quiet };
}
