/**
 * Pictures of every page of the console and of what opens on them, each in the light and in the
 * dark: npm run screenshots -- [FOLDER] [--only=WORD,WORD] [--sizes=desktop,laptop,tablet,phone]
 * [--languages=en,sv] [--data=FOLDER OF A RUNNING PRODUCT [--fill]]
 *
 * By default on a desktop and a phone in English, and pages alone in Swedish. It fails when a page
 * does not come, is wider than its window, or has something in the browser's console.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { readCredentials, type Credentials } from '../../cli/credentials.ts';
import { DeskClient } from '../../cli/demo/desk-client.ts';
import { readRunFile } from '../../runtime/run-file.ts';
import { startProduct } from '../../stack/test-stack.ts';
import { startBrowser } from '../browser/agent-window.ts';
import { CONSOLE_PAGES, findPlaces } from '../browser/console-pages.ts';
import { startSmtpSink } from '../flows/smtp-sink.ts';
import { fillDesk } from './fill-desk.ts';
import { fillSettings } from './fill-settings.ts';
import { fillTroubles } from './fill-troubles.ts';
import { shoot } from './shoot.ts';
import { findStage, STATES, type Stage, type State } from './states.ts';

const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  laptop: { viewport: { width: 1280, height: 800 } },
  tablet: { viewport: { width: 900, height: 1200 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;
const LOCALES = { en: 'en-GB', sv: 'sv-SE' } as const;

const PAGE_MS_MAX = 15_000;

const args = process.argv.slice(2);
const option = (name: string) =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null;
const folder = resolve(args.find((arg) => !arg.startsWith('--')) ?? 'screenshots');
const only = option('only')?.split(',') ?? [];
const sizes = option('sizes')?.split(',') ?? ['desktop', 'phone'];
const languages = option('languages')?.split(',') ?? ['en', 'sv'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const PAGES: readonly State[] = [
  ...CONSOLE_PAGES.map(({ path, show, ...rest }) => ({
    ...rest,
    path: ({ places }: Stage) => path(places),
    ...(show && { show }),
    ...(/^(no-such-page|invitation|new-password)$/.test(rest.name) && { complains: true as const }),
  })),
  ...STATES,
];

await take();

async function take(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const data = option('data');
  const product = data === null ? await startProduct({ env: { POSTKEEP_DEMO: '1' } }) : null;
  const sink = await startSmtpSink();
  const at = data ?? product?.folder ?? '';
  const credentials = readCredentials(join(at, 'credentials.json'));
  const run = readRunFile(at);
  if (credentials === null || run === null) throw new Error(`No product runs in ${at}.`);
  const { url, smtp } = run;
  const clientOf = (token: string) => new DeskClient(url, token, new AbortController().signal);
  const api = clientOf(credentials.apiToken);
  const browser = await startBrowser();
  try {
    const agents = await api.list('/agents');
    const boId = agents.find(({ name }) => String(name).startsWith('Bo'))?.id ?? '';
    const { id: tokenId, token } = await api.makeToken('pictures', boId);
    const bo = clientOf(token);
    if (product || args.includes('--fill')) {
      const grounds = { api, bo, smtp, sink };
      await fillDesk(grounds);
      await fillTroubles(grounds);
      await fillSettings(grounds);
    }
    const places = await findPlaces(api);
    const stage = await findStage(api, { bo, places, company: credentials.company });
    await takeAll(browser, { stage, url, credentials });
    await api.call('DELETE', `/tokens/${tokenId}`);
  } finally {
    await browser.close();
    await sink.stop();
    await product?.stop();
  }
}

async function takeAll(
  browser: Browser,
  { stage, url, credentials }: { stage: Stage; url: string; credentials: Credentials },
): Promise<void> {
  for (const [size, options] of Object.entries(SIZES)) {
    for (const [language, locale] of Object.entries(LOCALES)) {
      if (!sizes.includes(size) || !languages.includes(language)) continue;
      const pages = PAGES.filter((page) => isWanted(page, { size, language }));
      if (pages.length === 0) continue;
      const context = await browser.newContext({ baseURL: url, ...options, locale });
      context.setDefaultTimeout(PAGE_MS_MAX);
      const suffix = language === 'en' ? '' : `-${language}`;
      const shootAll = async (shot: readonly State[]) => {
        for (const page of shot) {
          const name = join(folder, `${page.name}-${size}`);
          const wrong = await shoot(context, page, {
            stage,
            fileOf: (t) => `${name}-${t}${suffix}.png`,
          });
          say(`${page.name}-${size}${suffix}${wrong.map((words) => `\n  ${words}`).join('')}`);
          if (wrong.length > 0) process.exitCode = 1;
        }
      };
      await shootAll(pages.filter(({ nobody }) => nobody));
      await context.request.post('/api/v1/session', { data: credentials.admin });
      await shootAll(pages.filter(({ nobody }) => !nobody));
      await context.close();
    }
  }
}

function isWanted(
  { name, onlyOn, show }: State,
  { size, language }: { size: string; language: string },
): boolean {
  if (only.length > 0 && !only.some((word) => name.includes(word))) return false;
  if (onlyOn !== undefined && (onlyOn === 'phone') !== (size === 'phone')) return false;
  // What opens on a page is found by its English name.
  return language === 'en' || show === undefined;
}
