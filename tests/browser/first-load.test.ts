import { gzipSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { type Desk, makeDesk } from './shared-desk.ts';

/** What a slow connection brings in about a second: 180 KB. */
const FIRST_LOAD_BYTES_MAX = 180_000;

/** What the packages of the rich text editor leave in whatever is made of them. */
const EDITOR = /ProseMirror/;

/** Static imports, as the bundler writes them; dynamic ones have a parenthesis. */
const STATIC_IMPORT = /(?:from|import)\s*["'](\.[^"']+\.js)["']/g;

/** English is loaded beside the page, and before anything is seen of it. */
const ENGLISH = /Nothing waits for you/;

const SUBJECT = 'The lamp shade is cracked';

let desk: Desk;

beforeAll(async () => {
  desk = await makeDesk({ name: 'load' });
  await desk.write({ subject: SUBJECT, text: 'It arrived with a crack.' });
  const admin = await desk.open(desk.admin, '/new');
  await admin.sees(admin.ticket(SUBJECT));
});
afterAll(() => desk.close());

/** Code that runs in the browser: notes when the page stands; what comes later is not its load. */
const NOTE_WHEN_SHOWN = `new MutationObserver((_, observer) => {
  if (!document.querySelector('main')) return;
  observer.disconnect();
  globalThis.shownAt = performance.now();
}).observe(document, { childList: true, subtree: true })`;

/** Code that runs in the browser: the paths of what was asked for until then. */
const ASKED_BEFORE = `performance
  .getEntriesByType('resource')
  .filter(({ startTime }) => startTime <= globalThis.shownAt)
  .map(({ name }) => new URL(name).pathname)`;

/** The scripts that came until the page showed what was waited for, by their path. */
async function scriptsOf(
  path: string,
  shown: (window: AgentWindow) => Locator,
): Promise<Map<string, string>> {
  const window = await desk.open(desk.admin, 'about:blank');
  const coming: Promise<[string, string]>[] = [];
  window.page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js')) return;
    const read = response.text().then((text): [string, string] => [pathname, text]);
    // What comes later is cut off when the window closes, and nobody waits for it.
    read.catch(() => undefined);
    coming.push(read);
  });
  await window.page.addInitScript(NOTE_WHEN_SHOWN);
  await window.page.goto(path);
  await window.sees(shown(window));
  const early = new Set(await window.page.evaluate<string[]>(ASKED_BEFORE));
  const scripts = (await Promise.all(coming)).filter(([name]) => early.has(name));
  return firstLoadOf(new Map(scripts), (name) => fetchScript(window.page, name));
}

/** The entry, the nodes of the page and the words, with everything that these import at once. */
async function firstLoadOf(
  loaded: ReadonlyMap<string, string>,
  load: (path: string) => Promise<string>,
): Promise<Map<string, string>> {
  const first = new Map<string, string>();
  const waiting = [...loaded.keys()].filter(
    (path) => /\/(entry|nodes)\//.test(path) || ENGLISH.test(loaded.get(path) ?? ''),
  );
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (first.has(path)) continue;
    const text = loaded.get(path) ?? (await load(path));
    first.set(path, text);
    for (const [, name = ''] of text.matchAll(STATIC_IMPORT)) {
      waiting.push(new URL(name, `http://desk${path}`).pathname);
    }
  }
  return first;
}

async function fetchScript(page: Page, path: string): Promise<string> {
  const answer = await page.request.get(path);
  if (!answer.ok()) throw new Error(`${path} is not there: ${answer.status()}`);
  return answer.text();
}

test.for<[string, string, (window: AgentWindow) => Locator]>([
  ['the list', '/new', (window) => window.ticket(SUBJECT)],
  ['a ticket', '/tickets/1', (window) => window.mail('arrived with a crack')],
])('the first load of %s is small, and has no editor in it', async ([what, path, shown]) => {
  const scripts = await scriptsOf(path, shown);
  const bytes = [...scripts.values()].reduce((sum, text) => sum + gzipSync(text).length, 0);
  process.stdout.write(
    `first load of ${what}: ${Math.round(bytes / 1000)} KB of script, gzipped\n`,
  );
  expect([...scripts.keys()].some((name) => name.includes('/nodes/'))).toBe(true);
  expect([...scripts.values()].some((text) => ENGLISH.test(text))).toBe(true);
  expect([...scripts].filter(([, text]) => EDITOR.test(text)).map(([name]) => name)).toEqual([]);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
});

/** Holds the answers to such calls back, until the answered function is called. */
async function holdBack(page: Page, path: RegExp): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(path, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('what comes late is announced: the first page, and a ticket that is sketched', async () => {
  const window = await desk.open(desk.admin, 'about:blank');
  const { page } = window;
  const releaseList = await holdBack(page, /\/api\/v1\/tickets\?/);
  await page.goto('/new');
  await window.sees(page.locator('.splash'));
  releaseList();
  await window.sees(window.ticket(SUBJECT));
  expect(await page.locator('.splash').isVisible()).toBe(false);
  const releaseTicket = await holdBack(page, /\/api\/v1\/tickets\/1$/);
  await window.ticket(SUBJECT).click();
  await page.locator('main [aria-busy=true]').getByText('Loading…').waitFor({ state: 'attached' });
  await window.sees(page.locator('.on-its-way'));
  releaseTicket();
  await window.sees(window.mail('arrived with a crack'));
});
