import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { violationsOn } from './axe.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

/** Contract: what a page of somebody else's has to load for it. */
const MODULE_BYTES_MAX = 15_000;

/** From the form to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;

const WASH = 'Wash the linen shade by hand in cold water, and let it dry in the dark.';
const QUESTION = 'How do I wash the linen shade?';

let desk: Desk;
let shop: { origin: string; close: () => void };
let visitor: AgentWindow;
const step = stepsOf(() => desk);

beforeAll(async () => {
  desk = await makeDesk({ name: 'module' });
  const { api } = desk.admin;
  const base = await api.call('POST', '/knowledge-bases', { name: 'Help', public: true });
  const knowledgeBase = idOf(base);
  const article = { title: 'Wash a linen shade', body: WASH, language: 'en', published: true };
  await api.call('POST', '/articles', { ...article, knowledgeBase });
  await api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { assistant: 'answer' });
  shop = await openShop();
  visitor = await desk.window({ baseURL: shop.origin });
});

afterAll(async () => {
  await desk.close();
  shop.close();
});

function idOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'id' in value) return String(value.id);
  throw new Error('the API gave nothing with an id');
}

/** Another site, whose policy lets nothing in but the module, and no inline style either. */
async function openShop(): Promise<typeof shop> {
  const policy = `default-src 'none'; script-src ${desk.url}; connect-src ${desk.url}`;
  const server = createServer(({ url = '/' }, answer) => {
    const language = url.startsWith('/sv') ? 'sv' : 'en';
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.setHeader('content-security-policy', policy);
    answer.end(
      `<!doctype html><html lang="${language}"><title>Shop</title>` +
        '<body><main><h1>Lamps</h1></main>' +
        `<script src="${desk.url}/support.js" data-mailbox="${desk.mailbox.address}"></script>`,
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

step('a site that is not listed gets no module, and its console says why', async () => {
  const { page } = visitor;
  const said = page.waitForEvent('console', { predicate: (one) => one.type() === 'warning' });
  await page.goto('/');
  expect((await said).text()).toContain(`does not list ${shop.origin}`);
  expect(await visitor.button('Help').count()).toBe(0);
  await desk.admin.api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { origins: [shop.origin] });
});

step('a listed site shows articles while a question is typed, then the answer', async () => {
  const { page } = visitor;
  await page.goto('/');
  await visitor.button('Help').press('Enter');
  const question = page.getByLabel('What do you want to know?');
  await page.waitForFunction(
    'document.querySelector("[data-postkeep]").shadowRoot.activeElement?.id === "q"',
  );
  expect(await page.getByRole('dialog').getAttribute('aria-labelledby')).toBe('title');
  const settled = page.waitForRequest(/answers\?q=linen%20shade&settled=true$/);
  await question.pressSequentially('linen shade');
  await visitor.sees(page.getByRole('link', { name: 'Wash a linen shade' }));
  await settled;
  await question.fill(QUESTION);
  await question.press('Enter');
  await visitor.sees(page.getByText(WASH), visitor.button('That solved it'));
  const href = await page.getByRole('link', { name: 'Wash a linen shade' }).getAttribute('href');
  expect(href).toContain(`/help/${desk.id}/`);
  expect(await violationsOn(page)).toEqual([]);
});

step('who still needs help writes, with files, and the exchange comes along', async () => {
  const { page } = visitor;
  await visitor.button('I still need help').click();
  await visitor.sees(page.getByText(/At most 10 files, each up to 10 MB/));
  expect(await page.getByLabel('Message').inputValue()).toBe(QUESTION);
  await page.getByLabel('Your mail address').fill(desk.customer.address);
  await page.getByLabel('Message').fill('It is velvet.\n<b>Not linen.</b>');
  const buffer = Buffer.from('What the label says.');
  const file = { name: 'label.txt', mimeType: 'text/plain', buffer };
  await page.getByLabel('Files').setInputFiles(file);
  expect(await violationsOn(page)).toEqual([]);
  const proved = page.waitForRequest(
    (one) => one.method() === 'POST' && one.url().includes('/contact/'),
  );
  await visitor.button('Send').click();
  expect((await proved).headers()['x-postkeep-proof']).toMatch(/\.\d+$/);
  await visitor.sees(page.getByText('Its number is 1.'));
  const { api } = desk.admin;
  await vi.waitFor(
    async () => expect(await api.list('/tickets?view=new')).toHaveLength(1),
    ARRIVES_MS_MAX,
  );
  const entries = await api.list('/tickets/1/timeline');
  const said = entries.filter((entry) => entry['kind'] === 'message');
  expect(said.map((entry) => entry['text'])).toEqual([
    QUESTION,
    expect.stringContaining(WASH),
    'It is velvet.\n<b>Not linen.</b>',
  ]);
  expect(said[2]?.['attachments']).toMatchObject([{ filename: 'label.txt' }]);
});

step('who was helped says so, in Swedish, and goes back to the page by Escape', async () => {
  const { page } = visitor;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/sv');
  await visitor.button('Hjälp').click();
  const question = page.getByLabel('Vad vill du veta?');
  await question.fill(QUESTION);
  await visitor.button('Fråga').click();
  await visitor.sees(page.getByText(WASH));
  expect(await violationsOn(page)).toEqual([]);
  await visitor.button('Det löste det').click();
  await visitor.sees(page.getByText('Vad bra!'));
  await page.keyboard.press('Escape');
  await visitor.misses(page.getByRole('dialog'));
  const focused =
    'document.querySelector("[data-postkeep]").shadowRoot.activeElement?.className === "fab"';
  await page.waitForFunction(focused);
  const [solved] = await desk.admin.api.list('/tickets?view=solved');
  expect(solved).toMatchObject({ number: 2, solvedBy: { kind: 'assistant' } });
  expect(visitor.errors).toEqual([]);
  expect(visitor.complaints.filter((said) => /Content.Security/i.test(said))).toEqual([]);
});

step('the hosted page works without a script, and with one it is the module', async () => {
  const path = `/contact/${encodeURIComponent(desk.mailbox.address)}`;
  const plain = await desk.window({ javaScriptEnabled: false });
  await plain.page.goto(path);
  await plain.page.getByLabel('Your mail address').fill(desk.customer.address);
  await plain.page.getByLabel('Subject').fill('By hand');
  await plain.page.getByLabel('Message').fill('Hello');
  await plain.button('Send').click();
  await plain.sees(plain.page.getByRole('heading', { name: 'Thank you' }));
  const missing = await plain.page.goto('/contact/nobody@nowhere.test');
  expect(missing?.status()).toBe(404);
  const hosted = await desk.window({ viewport: { width: 390, height: 844 } });
  await hosted.page.goto(path);
  const shown = hosted.page.locator('[data-postkeep]');
  await hosted.sees(shown.getByLabel('What do you want to know?'));
  await hosted.misses(hosted.page.locator('#contact-form'));
  expect(await violationsOn(hosted.page)).toEqual([]);
  await hosted.button('Write to us').click();
  await hosted.sees(shown.getByLabel('Subject'));
  expect(hosted.errors).toEqual([]);
});

step('it is small, and other sites may load it', async () => {
  const script = await visitor.page.request.get(`${desk.url}/support.js`);
  const bytes = gzipSync(await script.body()).length;
  process.stdout.write(`support module: ${(bytes / 1000).toFixed(1)} KB, gzipped\n`);
  expect(bytes).toBeLessThanOrEqual(MODULE_BYTES_MAX);
  expect(script.headers()).toMatchObject({
    'content-type': expect.stringMatching(/javascript/),
    'cross-origin-resource-policy': 'cross-origin',
  });
});
