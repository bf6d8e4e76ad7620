/**
 * Pictures of every page of the console, light and dark, on a desktop and a phone, and of some in
 * Swedish: npm run screenshots -- [FOLDER] [--only=WORD,WORD] [--data=FOLDER OF A RUNNING PRODUCT]
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { readCredentials, type Credentials } from '../../cli/credentials.ts';
import { DeskClient } from '../../cli/demo/desk-client.ts';
import { readRunFile } from '../../runtime/run-file.ts';
import { startProduct } from '../../stack/test-stack.ts';
import { fillDesk } from './fill-desk.ts';
import { startBrowser } from '../browser/agent-window.ts';
import {
  CONSOLE_PAGES,
  findPlaces,
  settled,
  type ConsolePage,
  type Places,
} from '../browser/console-pages.ts';

const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;

/** Enough to see that Swedish fits. */
const IN_SWEDISH =
  /^(sign-in|open|ticket-open|pending|all-mail|parked|settings-(company|profile))$/;
const PAGE_MS_MAX = 15_000;

interface Look {
  size: keyof typeof SIZES;
  colorScheme: 'light' | 'dark';
  locale: 'en-GB' | 'sv-SE';
}

const LOOKS: Look[] = (['desktop', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['en-GB', 'sv-SE'] as const).map((locale) => ({ size, colorScheme, locale })),
  ),
);

/** Of views, in the menu and in the rail; one of them is hidden. */
const COUNTS = 'nav .nav .count, nav .ri b';

const args = process.argv.slice(2);
const option = (name: string) =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null;
const folder = resolve(args.find((arg) => !arg.startsWith('--')) ?? 'screenshots');
const only = option('only')?.split(',') ?? [];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await take();

async function take(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const data = option('data');
  const product = data === null ? await startProduct({ env: { POSTKEEP_DEMO: '1' } }) : null;
  const at = data ?? product?.folder ?? '';
  const credentials = readCredentials(join(at, 'credentials.json'));
  const run = readRunFile(at);
  if (credentials === null || run === null) throw new Error(`No product runs in ${at}.`);
  const { url } = run;
  const api = new DeskClient(url, credentials.apiToken, new AbortController().signal);
  const browser = await startBrowser();
  try {
    if (product) await fillDesk(api, run);
    await takeAll(browser, { api, url, credentials });
  } finally {
    await browser.close();
    await product?.stop();
  }
}

async function takeAll(
  browser: Browser,
  { api, url, credentials }: { api: DeskClient; url: string; credentials: Credentials },
): Promise<void> {
  const places = await findPlaces(api);
  for (const look of LOOKS) {
    const pages = CONSOLE_PAGES.filter((page) => isWanted(page, look));
    if (pages.length === 0) continue;
    const { size, ...options } = look;
    const context = await browser.newContext({ baseURL: url, ...SIZES[size], ...options });
    context.setDefaultTimeout(PAGE_MS_MAX);
    for (const page of pages.filter(({ nobody }) => nobody))
      await shoot(context, page, { places, look });
    await context.request.post('/api/v1/session', { data: credentials.admin });
    for (const page of pages.filter(({ nobody }) => !nobody))
      await shoot(context, page, { places, look });
    await context.close();
  }
}

function isWanted({ name, onlyOn, show }: ConsolePage, { size, locale }: Look): boolean {
  if (only.length > 0 && !only.some((word) => name.includes(word))) return false;
  if (onlyOn !== undefined && onlyOn !== size) return false;
  return locale === 'en-GB' || (show === undefined && IN_SWEDISH.test(name));
}

type Context = Awaited<ReturnType<Browser['newContext']>>;

/** One picture; a page that does not come is told, and stops nothing. */
async function shoot(
  context: Context,
  { name, path, nobody, show }: ConsolePage,
  { places, look }: { places: Places; look: Look },
): Promise<void> {
  const address = path(places);
  if (address === null) return;
  const language = look.locale === 'sv-SE' ? '-sv' : '';
  const file = `${name}-${look.size}-${look.colorScheme}${language}.png`;
  const page = await context.newPage();
  try {
    await page.goto(address);
    await settled(page);
    // The counts of the menu come by a call of their own.
    if (!nobody) await page.locator(COUNTS).first().waitFor({ state: 'attached' });
    await show?.(page);
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    say(file);
  } catch (error) {
    say(`${file}: not taken: ${String(error).split('\n')[0]}`);
    process.exitCode = 1;
  } finally {
    await page.close();
  }
}
