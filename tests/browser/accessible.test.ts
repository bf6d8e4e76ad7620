import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import {
  CONSOLE_PAGES,
  type ConsolePage,
  findPlaces,
  type Places,
  settled,
} from './console-pages.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** From SMTP to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;
/** Some fifty pages, on a machine that does other things as well. */
const ALL_PAGES_MS_MAX = 300_000;

/** As many as keep two cores busy. */
const TABS = 3;

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const LAMP = 'The lamp shade is cracked';

let desk: Desk;
let places: Places;

beforeAll(async () => {
  desk = await makeDesk({
    admin: 'Anna Berg',
    teams: ['Support', 'Billing'],
    agents: [{ name: 'Bo Lindqvist', teams: ['Support'] }],
  });
  for (const subject of [LAMP, 'An invoice', 'Where is my parcel?', 'Thank you', 'A new table']) {
    await desk.write({ subject, text: 'It arrived today.\n\nEleanor' });
  }
  // Nobody could be answered: it is parked.
  await desk.write({ from: '', envelope: { from: '', to: [desk.mailbox.address] }, subject: 'Hm' });
  await vi.waitFor(
    async () => expect(await desk.admin.api.list('/mails?outcome=new_ticket')).toHaveLength(5),
    ARRIVES_MS_MAX,
  );
  await makeStates();
  places = await findPlaces(desk.admin.api);
});

afterAll(() => desk.close());

/** A ticket in each state, with a note, labels, a reminder, and somebody invited. */
async function makeStates(): Promise<void> {
  const { api } = desk.admin;
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await api.call('POST', '/tickets/1/claim');
  await api.call('POST', '/tickets/1/notes', { text: 'The supplier sends a new one.' });
  await api.call('PUT', '/tickets/1/labels/damaged');
  await api.call('POST', '/tickets/1/reply', { text: 'I am sorry about that.', undoSeconds: 0 });
  await api.call('POST', '/tickets/1/auto-solve', { at: until });
  await api.call('POST', '/tickets/2/pend', { until, reason: 'waiting for the supplier' });
  await api.call('POST', '/tickets/3/solve', { summary: false });
  await desk.agent('Bo Lindqvist').api.call('POST', '/tickets/4/claim');
  await desk.agent('Bo Lindqvist').api.call('PUT', `/tickets/4/participants/${desk.admin.id}`);
  const base = await api.call('POST', '/knowledge-bases', { name: 'Help' });
  const knowledgeBase = isRecord(base) ? base['id'] : null;
  const text = { title: 'Care of oiled tables', body: 'Never use water.' };
  const published = { ...text, knowledgeBase, published: true };
  const article = await api.call('POST', '/articles', published);
  const path = `/articles/${String(isRecord(article) ? article['id'] : '')}`;
  const draft = await api.call('GET', `${path}/draft`);
  const changed = { ...text, body: 'Never use hot water.' };
  const from = isRecord(draft) ? draft['revision'] : null;
  await api.call('PUT', `${path}/draft`, { ...changed, base: from });
}

const step = stepsOf(() => desk);

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Only what is looked for is told. Mail stands in frames without scripts, where it cannot run. */
const OPTIONS = { iframes: false, resultTypes: ['violations'], elementRef: false };

/** What axe finds on a page that has been given it. */
async function violationsOn(page: Page, only?: 'color-contrast'): Promise<string[]> {
  const options = JSON.stringify({ ...OPTIONS, ...(only && { runOnly: [only] }) });
  const found: Violation[] = await page.evaluate(
    `axe.run(document, ${options}).then((found) => found.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

/** What is found on a page in the light, and which of its colors are too faint in the dark. */
async function inBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await violationsOn(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await violationsOn(page, 'color-contrast');
  return [...light, ...dark.map((violation) => `in the dark, ${violation}`)];
}

/** Loads a page once, and looks at it on a desktop and then on a phone. */
async function lookAt(page: Page, { path, show, onlyOn }: ConsolePage): Promise<string[]> {
  const found: string[] = [];
  await page.setViewportSize(onlyOn === 'phone' ? PHONE : DESKTOP);
  await page.goto(path(places) ?? '');
  await settled(page);
  await show?.(page);
  await page.evaluate(AXE);
  if (onlyOn !== 'phone') found.push(...(await inBothThemes(page)));
  if (onlyOn === 'desktop') return found;
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  // Colors are those of the desktop, where the dark has been looked at.
  const onPhone = await (onlyOn === 'phone' ? inBothThemes(page) : violationsOn(page));
  return [...found, ...onPhone.map((violation) => `on a phone, ${violation}`)];
}

/** Looks at the pages in tabs beside each other: while one loads, another is looked at. */
async function lookAtAll(pages: readonly ConsolePage[], open: () => Promise<AgentWindow>) {
  const found: string[] = [];
  const waiting = [...pages];
  const walk = async () => {
    const { page, close } = await open();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name } = next;
      found.push(...(await lookAt(page, next)).map((violation) => `${name}: ${violation}`));
    }
    await close();
  };
  await Promise.all(Array.from({ length: TABS }, walk));
  return found;
}

step(
  'axe finds nothing on any page, light and dark, on a desktop and on a phone',
  async () => {
    expect(Object.values(places)).not.toContain(null);
    const pages = CONSOLE_PAGES.filter(({ nobody }) => !nobody);
    expect(await lookAtAll(pages, () => desk.open(desk.admin, '/open'))).toEqual([]);
  },
  ALL_PAGES_MS_MAX,
);

step('what is seen before signing in is as accessible', async () => {
  const pages = CONSOLE_PAGES.filter(({ nobody }) => nobody);
  expect(await lookAtAll(pages, () => desk.window())).toEqual([]);
});

interface Focus {
  html: string;
  /** Whether it looks otherwise than without the focus. */
  seen: boolean;
  tabIndex: number;
}

/** Code that runs in the browser: a field of several parts shows the focus around all of them. */
const FOCUS = `(() => {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return null;
  const shown = [at, at.parentElement, at.parentElement?.parentElement].filter((one) => !!one);
  const looks = () =>
    shown
      .map((one) => getComputedStyle(one))
      .map(({ outline, boxShadow, border, background }) =>
        outline + boxShadow + border + background)
      .join();
  const focused = looks();
  at.blur();
  const plain = looks();
  at.focus();
  return { html: at.outerHTML.slice(0, 120), seen: focused !== plain, tabIndex: at.tabIndex };
})()`;

step('the focus can be seen wherever Tab leads, and goes in the order of the page', async () => {
  const { page } = await desk.open(desk.admin, '/new');
  await settled(page);
  let stops = 0;
  for (; stops < 30; stops++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<Focus | null>(FOCUS);
    // After the last comes the browser's own bar.
    if (focus === null) break;
    expect(focus).toMatchObject({ seen: true, tabIndex: 0 });
  }
  expect(stops).toBeGreaterThan(12);
});

step('nothing moves for who wants no motion', async () => {
  const { page } = await desk.open(desk.admin, '/open', { reducedMotion: 'reduce' });
  await settled(page);
  await page
    .getByRole('button', { name: /^You: / })
    .first()
    .click();
  const moving = await page.evaluate<number>(`document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().duration > 1).length`);
  expect(moving).toBe(0);
});
