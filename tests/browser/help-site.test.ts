import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import { violationsOn } from './axe.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const BODY = 'The ring holds the shade.\n\n## Turn it\n\nTurn the ring until it clicks twice.';
const SCRIPTED = `${BODY}\n\n<script>document.title = 'owned'</script><img src=x onerror=alert(1)>`;

let desk: Desk;
/** Of somebody whose browser runs no script. */
let plain: AgentWindow;
/** The first page, from the root. */
let home: string;
const articles = new Map<string, string>();

beforeAll(async () => {
  desk = await makeDesk({ name: 'help' });
  home = `/help/${desk.id}`;
  const open = await made('/knowledge-bases', { name: 'Lamps', public: true });
  const inner = await made('/knowledge-bases', { name: 'Margins' });
  await write(open, { title: 'Change the shade', body: SCRIPTED });
  await write(open, { title: 'Clean the shade', body: BODY });
  const swedish = { title: 'Byt skärmen', body: 'Vrid ringen.', language: 'sv' };
  await write(open, {
    ...swedish,
    translationOf: articles.get('Change the shade')?.split('/').at(-1),
  });
  await write(open, { title: 'Draft of a shade', body: BODY, published: false });
  await write(inner, { title: 'Secret shades', body: BODY });
  plain = await desk.window({ javaScriptEnabled: false, locale: 'en-GB' });
});
afterAll(() => desk.close());
const step = stepsOf(() => desk);

/** @returns its id */
async function made(path: string, body: object): Promise<string> {
  const answer = await desk.admin.api.call('POST', path, body);
  return isRecord(answer) ? String(answer['id']) : '';
}

async function write(base: string, fields: { title: string; [field: string]: unknown }) {
  const article = { knowledgeBase: base, published: true, ...fields };
  articles.set(fields.title, `${home}/${await made('/articles', article)}`);
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

/** What an element is painted with, and its words. */
const colorsOf = (page: Page, selector: string): Promise<unknown> =>
  page.evaluate(
    `['backgroundColor', 'color'].map((key) =>
      getComputedStyle(document.querySelector('${selector}'))[key])`,
  );

step('without scripts: found from the first page, read, and read in Swedish', async () => {
  const { page } = plain;
  await page.goto(home);
  expect(await page.title()).toBe(`Company ${desk.id} help`);
  await plain.sees(link(page, 'Clean the shade'));
  expect(await page.getByText(/Secret|Draft|Margins|Byt/).count()).toBe(0);
  await page.getByRole('searchbox').fill('how do I turn a <b>ring</b>?');
  await page.getByRole('button', { name: 'Search' }).click();
  await plain.sees(
    page.getByRole('heading', { name: /^\d answers for “how do I turn a <b>ring<\/b>\?”$/ }),
  );
  expect(await page.locator('mark').first().textContent()).toMatch(/^(turn|ring)$/i);
  await link(page, 'Change the shade').click();
  await plain.sees(page.getByRole('heading', { name: 'Turn it' }));
  expect(await page.title()).toBe(`Change the shade · Company ${desk.id}`);
  expect(await page.locator('article :is(script, img)').count()).toBe(0);
  await plain.sees(page.getByRole('navigation', { name: 'You are here' }));
  await plain.sees(page.getByRole('region', { name: 'Related articles' }));
  await link(page, 'Svenska').click();
  await plain.sees(page.getByRole('heading', { name: 'Byt skärmen' }));
  expect(page.url()).toContain(articles.get('Byt skärmen'));
  await link(page, `Company ${desk.id} Hjälp`).click();
  await plain.sees(link(page, 'Byt skärmen'), page.getByPlaceholder('Sök efter ett svar'));
  expect(await page.locator('html').getAttribute('lang')).toBe('sv');
  await page.getByRole('searchbox').fill('qwertz');
  await page.getByRole('button', { name: 'Sök' }).click();
  await plain.sees(page.getByText('Inget hittades för ”qwertz”'));
});

step('what is not there says so in words, and offers the search', async () => {
  const { page } = plain;
  const gone = await page.goto(`${home}/none`);
  expect(gone?.status()).toBe(404);
  await plain.sees(page.getByRole('heading', { name: 'This page is not here' }));
  await plain.sees(page.getByRole('main').getByRole('searchbox'), link(page, 'All articles'));
  expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
  for (const title of ['Secret shades', 'Draft of a shade']) {
    expect((await page.goto(articles.get(title) ?? ''))?.status()).toBe(404);
  }
  expect((await page.goto('/help/nobody-at-all'))?.status()).toBe(404);
  await plain.sees(page.getByText('There are no help pages at this address.'));
});

step('without scripts: a reader says that it did not help, and its writers read why', async () => {
  const { page } = plain;
  await page.goto(articles.get('Clean the shade') ?? '');
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await page.getByLabel('What was missing?').fill('Which cloth? <i>Ask eva@brightmail.test</i>');
  await page.getByRole('button', { name: 'Send' }).click();
  await plain.sees(page.getByRole('status').filter({ hasText: 'Thank you. What you wrote goes' }));
  await page.goto(articles.get('Change the shade') ?? '');
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  await plain.sees(page.getByText('Thank you for telling us.'));
  const writer = await desk.open(desk.admin, '/knowledge-base');
  await writer.sees(writer.page.getByRole('link', { name: /Change the shade.*Helped 1 of 1/ }));
  await writer.page.getByRole('link', { name: /Clean the shade.*Helped 0 of 1/ }).click();
  await writer.sees(writer.page.getByText('Which cloth? <i>Ask …@…'));
  await writer.close();
});

step('search engines are told what there is, and every page runs nothing foreign', async () => {
  const { request } = plain.page;
  const read = (path: string, headers: { [name: string]: string } = {}) =>
    request.get(path, { headers });
  const first = await read(home, { 'accept-language': 'sv-SE,sv;q=0.9' });
  const text = await first.text();
  expect(text).toContain('<html lang="sv">');
  expect(text).toMatch(/<link rel="canonical" href="http[^"]+\/help\/help-\w+"/);
  expect(text).toMatch(/<link rel="alternate" hreflang="sv" href="http[^"]+\?lang=sv"/);
  expect(text).toMatch(/<meta name="description" content="[^"]+"/);
  expect(text.match(/<script[^>]*>/g)?.join()).toMatch(/^<script defer="" src="[^"]+">$/);
  expect(text).not.toMatch(/ style="/);
  expect(first.headers()).toMatchObject({
    'cache-control': 'public, max-age=60',
    vary: 'Accept-Language',
    'content-security-policy': expect.stringContaining("script-src 'self' "),
  });
  const tag = first.headers()['etag'] ?? '';
  const again = { 'accept-language': 'sv', 'if-none-match': tag };
  expect((await read(home, again)).status()).toBe(304);
  const article = await (await read(articles.get('Change the shade') ?? '')).text();
  expect(article).toContain(`hreflang="sv" href="${desk.url}${articles.get('Byt skärmen')}"`);
  const map = await (await read(`${home}/sitemap.xml`)).text();
  expect(map.match(/<loc>[^<]+<\/loc>/g)).toHaveLength(4);
  expect(map).toContain(articles.get('Byt skärmen'));
  expect((await read('/help/nobody-at-all/sitemap.xml')).status()).toBe(404);
  expect(await (await read('/robots.txt')).text()).toMatch(/^Allow: \/help\/$/m);
});

step('a company chooses its color, and every page for customers has it', async () => {
  const { request } = plain.page;
  expect((await request.get(`${home}/colours.css`)).status()).toBe(404);
  const admin = await desk.open(desk.admin, '/settings/company');
  const { page } = admin;
  await page.getByLabel('Color', { exact: true }).fill('#ffd40');
  await admin.sees(page.getByText('Write it with # and six digits'));
  await page.getByLabel('Color', { exact: true }).fill('#FFD400');
  const painted = ['rgb(255, 212, 0)', 'rgb(0, 0, 0)'];
  await expect.poll(() => colorsOf(page, '.accent-look p')).toEqual(painted);
  const saved = page.getByRole('form', { name: 'Pages for customers' });
  await saved.getByRole('button', { name: 'Save' }).click();
  await admin.sees(page.getByText('The color is saved'));
  expect(admin.complaints).toEqual([]);
  await admin.close();
  // One that has not kept the page of before.
  const customer = await desk.window({ javaScriptEnabled: false });
  await customer.page.goto(home);
  expect(await colorsOf(customer.page, '.help-bar')).toEqual(painted);
  expect(customer.complaints).toEqual([]);
  await customer.close();
  const sheet = await request.get(`${home}/colours.css?v=ffd400`);
  expect(sheet.headers()['content-type']).toMatch(/^text\/css/);
});

step('with scripts: answers are offered while one types, for keys and for fingers', async () => {
  const reader = await desk.window({ locale: 'en-GB' });
  const { page } = reader;
  const script = await page.request.get(`${home}/search.js`);
  expect(gzipSync(await script.text()).length).toBeLessThan(3_000);
  await page.goto(home);
  const field = page.getByRole('combobox', { name: 'Search the help articles' });
  const offers = page.getByRole('listbox').getByRole('option');
  await field.fill('clean shad');
  await reader.sees(offers.filter({ hasText: 'Clean the shade' }));
  await field.press('Escape');
  await offers.first().waitFor({ state: 'hidden' });
  expect(await field.inputValue()).toBe('clean shad');
  await field.pressSequentially('e');
  await reader.sees(offers.first());
  await field.press('ArrowDown');
  const first = await offers.first().getAttribute('id');
  expect(await field.getAttribute('aria-activedescendant')).toBe(first);
  expect(await offers.first().getAttribute('aria-selected')).toBe('true');
  expect(await violationsOn(page)).toEqual([]);
  await field.press('Enter');
  await reader.sees(page.getByRole('heading', { name: 'Clean the shade', level: 1 }));
  await field.fill('change shade');
  await offers.filter({ hasText: 'Change the shade' }).click();
  await reader.sees(page.getByRole('heading', { name: 'Change the shade', level: 1 }));
  await field.fill('ring');
  await field.press('Enter');
  await reader.sees(page.getByRole('heading', { name: /answers for “ring”/ }));
  const words = async () => {
    const report = await desk.admin.api.call('GET', '/reports/searches');
    return (
      JSON.stringify(report)
        .match(/"words":"[^"]+"/g)
        ?.join() ?? ''
    );
  };
  await expect.poll(words).toContain('change shade');
  expect(await words()).toContain('"clean shade"');
  expect(await words()).not.toContain('"clean shad"');
  expect([...reader.errors, ...reader.complaints]).toEqual([]);
  await reader.close();
});

step('everybody can use the pages, in light and in dark, on a desk and on a phone', async () => {
  const article = articles.get('Change the shade') ?? '';
  const paths = [home, `${home}?q=ring`, `${home}/none`, article, `${article}?voted=no`];
  const looks = [
    { colorScheme: 'light', viewport: { width: 390, height: 844 } },
    { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  ] as const;
  for (const look of looks) {
    const { page, close } = await desk.window({ ...look, bypassCSP: true, locale: 'en-GB' });
    for (const path of paths) {
      await page.goto(path);
      expect([path, await violationsOn(page)]).toEqual([path, []]);
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect([path, wide]).toEqual([path, 0]);
    }
    await close();
  }
});
