import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { readChromiumPath } from '../../runtime/config.ts';

/** Debian's Chromium in a container: no sandbox of its own, no graphics, little shared memory. */
const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

/** Anything on a page comes within this, or is missing. */
const PAGE_MS_MAX = 15_000;

const DESKTOP = { width: 1440, height: 900 };

/** The system's Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: readChromiumPath(), args: CHROMIUM_ARGS });
}

/** One agent at one screen. */
export interface AgentWindow {
  page: Page;
  /** Waits until it is there to be seen. */
  sees(...things: Locator[]): Promise<void>;
  /** Waits until it is not there any more. */
  misses(thing: Locator): Promise<void>;
  /** A view's link in the menu, with its count. */
  view(name: string): Locator;
  /** The list of tickets, and one of them by its subject. */
  ticket(subject: string): Locator;
  /** One line of the ticket's history. */
  history(words: string | RegExp): Locator;
  /** A mail in the conversation. */
  mail(words: string): Locator;
  button(name: string | RegExp): Locator;
  dialog(name: string | RegExp): Locator;
  /** What the page says went wrong on it: errors that nobody caught. */
  errors: string[];
  /** What its console was told as an error, for who looks for the reason of a failure. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openWindow(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<AgentWindow> {
  const context = await browser.newContext({ baseURL: url, viewport: DESKTOP, ...options });
  const page = await openPage(context);
  const errors: string[] = [];
  const complaints: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error') complaints.push(said.text());
  });
  return {
    page,
    sees: async (...things) => {
      for (const thing of things) await thing.first().waitFor({ state: 'visible' });
    },
    misses: (thing) => thing.waitFor({ state: 'hidden' }),
    view: (name) =>
      // Besides its name a link says at most its count, "New 3", or folded "New: 3 tickets".
      page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('link', { name: new RegExp(`^${name}( \\d|:|$)`) }),
    ticket: (subject) => page.getByRole('listitem').getByRole('link', { name: subject }),
    history: (words) =>
      page.getByRole('list', { name: 'History' }).getByRole('listitem').filter({ hasText: words }),
    mail: (words) => page.getByRole('article').filter({ hasText: words }),
    button: (name) => page.getByRole('button', { name, exact: true }),
    dialog: (name) => page.getByRole('dialog', { name, exact: true }),
    errors,
    complaints,
    close: () => context.close(),
  };
}

async function openPage(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(PAGE_MS_MAX);
  return context.newPage();
}

/** Signs in by the form, as everybody does. */
export async function signIn(
  { page, sees }: AgentWindow,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await sees(page.getByRole('heading', { name: 'Open', level: 1 }));
}

/** Keeps what a failed journey saw last; returns where. */
export async function keepPicture({ page }: AgentWindow, name: string): Promise<string> {
  const folder = join(tmpdir(), 'postkeep-journey');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
