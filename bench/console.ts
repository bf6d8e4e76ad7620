import type { Page } from 'playwright-core';
import { openWindow, startBrowser } from '../tests/browser/agent-window.ts';
import { inParallel, quantile } from './measure.ts';
import { clickCold, clickToPainted, heapMiB, watchPaint } from './painted.ts';
import { type BenchProduct, startBenchProduct } from './product.ts';

const TICKETS = 1_000;
const SENDERS = 20;
/** Right after a thousand new tickets, the service has enough to do. */
const CLAIMERS = 2;
/** The first tickets are mine, and the first of those are solved: each view has its own. */
const CLAIMED = 60;
const SOLVED = 30;

const OPENINGS = 200;
const HEAP_AFTER = 20;
const SWITCHES = 60;
const REPLIES = 20;
/** Each part ends here, whatever it has measured by then: five minutes for all, anywhere. */
const PART_MS_MAX = 60_000;
/** The pages of a start are compiled and filled while nobody counts. */
const WARM_UP = 3;
/** A pointer that means a row rests on it about so long before it clicks. */
const HOVER_MS = 200;
const ASK_EVERY_MS = 200;

const TEXT = 'The shade of the lamp arrived';

const VIEWS = [
  { name: 'New', first: CLAIMED, last: TICKETS },
  { name: 'Open', first: SOLVED, last: CLAIMED },
  { name: 'Solved', first: 0, last: SOLVED },
] as const;

export type ConsoleFigures = Readonly<Record<string, number>>;

/** From the click to the painted page in a desk of a thousand tickets, in a real Chromium. */
export async function benchConsole(): Promise<ConsoleFigures> {
  const product = await startBenchProduct();
  const browser = await startBrowser();
  try {
    await fillDesk(product);
    const { page } = await openWindow(browser, product.url);
    await watchPaint(page);
    const answer = await page.request.post('/api/v1/session', { data: product.admin });
    if (!answer.ok()) throw new Error(`the admin cannot sign in: ${answer.status()}`);
    await page.goto('/new');
    const opened = await openTickets(page);
    return { ...opened, ...(await switchViews(page)), ...(await sendReplies(page)) };
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** Ticket N is that of Question N-1: mails come in one after the other from each sender. */
async function fillDesk(product: BenchProduct): Promise<void> {
  const mine = await product.connect();
  for (let index = 0; index < CLAIMED; index += 1) await mine.send(index);
  mine.close();
  const senders = await Promise.all(Array.from({ length: SENDERS }, () => product.connect()));
  await inParallel(SENDERS, SENDERS, async (place) => {
    for (let index = CLAIMED + place; index < TICKETS; index += SENDERS) {
      await senders[place]?.send(index);
    }
  });
  senders.forEach((sender) => sender.close());
  for (;;) {
    const views = await product.call('GET', '/views');
    if (typeof views['new'] === 'number' && views['new'] >= TICKETS) break;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  await inParallel(CLAIMERS, CLAIMED, async (index) => {
    await product.call('POST', `/tickets/${index + 1}/claim`, {});
    if (index < SOLVED) {
      await product.call('POST', `/tickets/${index + 1}/solve`, { summary: false });
    }
  });
}

/** The rows of the list, each with its link to the ticket. */
const ROWS = '[role="listitem"] a[href^="/tickets/"]';
const rowOf = (number: number) => `[role="listitem"][data-number="${number}"] a[href^="/tickets/"]`;

/** Code of the page: whether a mail of the conversation has these words. */
const mailWith = (words: string) =>
  `[...document.querySelectorAll('article')].some((mail) => mail.innerText.includes('${words}'))`;

/** The number of the first row in sight that has not been opened, after scrolling if need be. */
async function nextTicket(page: Page, seen: ReadonlySet<number>): Promise<number> {
  const look = `[...document.querySelectorAll('${ROWS}')].map((row) => ({
    number: Number(/\\d+/.exec(row.getAttribute('href'))[0]),
    isInSight: row.getBoundingClientRect().top > 100 &&
      row.getBoundingClientRect().bottom < innerHeight,
  }))`;
  for (;;) {
    const rows = await page.evaluate<{ number: number; isInSight: boolean }[]>(look);
    const next = rows.find(({ number, isInSight }) => isInSight && !seen.has(number));
    if (next) return next.number;
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 600);
    const more = page.getByRole('button', { name: 'Show more' });
    if (await more.isVisible()) await more.click();
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve()))');
  }
}

/** Every other one with the pointer resting on its row before. */
async function openTickets(page: Page): Promise<ConsoleFigures> {
  const times: { cold: number[]; hover: number[] } = { cold: [], hover: [] };
  const seen = new Set<number>();
  const until = performance.now() + 2 * PART_MS_MAX;
  let heapBefore = Number.NaN;
  await page.locator(ROWS).first().waitFor();
  while (seen.size < OPENINGS && performance.now() < until) {
    const number = await nextTicket(page, seen);
    seen.add(number);
    const kind = seen.size % 2 === 0 ? 'hover' : 'cold';
    const row = page.locator(rowOf(number)).first();
    if (kind === 'hover') {
      await row.hover();
      await page.waitForTimeout(HOVER_MS);
    }
    const done =
      `location.pathname === '/tickets/${number}' && ` +
      `/^#?${number}\\b/m.test(document.querySelector('main')?.innerText ?? '') && ` +
      mailWith(TEXT);
    const click = () => (kind === 'hover' ? row.click() : clickCold(page, rowOf(number)));
    const took = await clickToPainted(page, done, click);
    if (seen.size > WARM_UP) times[kind].push(took);
    if (seen.size === HEAP_AFTER) heapBefore = await heapMiB(page);
    await page.goBack();
    await page.locator(ROWS).first().waitFor();
  }
  return {
    openColdP50Ms: quantile(times.cold, 0.5),
    openColdP95Ms: quantile(times.cold, 0.95),
    openHoverP50Ms: quantile(times.hover, 0.5),
    openHoverP95Ms: quantile(times.hover, 0.95),
    opened: seen.size,
    [`heapAfter${HEAP_AFTER}MiB`]: heapBefore,
    heapAfterAllMiB: await heapMiB(page),
  };
}

async function switchViews(page: Page): Promise<ConsoleFigures> {
  const times: number[] = [];
  const until = performance.now() + PART_MS_MAX;
  for (let count = 1; count <= SWITCHES && performance.now() < until; count += 1) {
    const view = VIEWS[count % VIEWS.length] ?? VIEWS[0];
    const done =
      `document.querySelector('h1')?.innerText.trim() === '${view.name}' && ` +
      `((row) => row > ${view.first} && row <= ${view.last})(Number(/\\d+/.exec(` +
      `document.querySelector('${ROWS}')?.getAttribute('href') ?? '')?.[0]))`;
    const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', view);
    const took = await clickToPainted(page, done, () => link.click());
    if (count > VIEWS.length) times.push(took);
  }
  return { viewP50Ms: quantile(times, 0.5), viewP95Ms: quantile(times, 0.95) };
}

/** From the click on Send to the mail in the conversation. */
async function sendReplies(page: Page): Promise<ConsoleFigures> {
  const times: number[] = [];
  const until = performance.now() + PART_MS_MAX;
  for (let count = 1; count <= REPLIES && performance.now() < until; count += 1) {
    await page.goto(`/tickets/${SOLVED + count}`);
    const text = `Your new shade number ${count} leaves today.`;
    await page.getByLabel('Your answer').fill(text);
    const send = page.getByRole('button', { name: 'Send', exact: true });
    const took = await clickToPainted(page, mailWith(text), () => send.click());
    if (count > WARM_UP) times.push(took);
  }
  return { replyP50Ms: quantile(times, 0.5), replyP95Ms: quantile(times, 0.95) };
}
