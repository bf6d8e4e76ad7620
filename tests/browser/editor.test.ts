import { afterAll, beforeAll, expect, vi } from 'vitest';

import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import { type Catcher, readCatcher } from './catcher.ts';
import { makeLargeFile } from './large-file.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const LAMP = 'The lamp shade is cracked';
/** From SMTP to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;

/** One transparent point. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD' +
  'hgGAWjR9awAAAABJRU5ErkJggg==';

const CARE = '## Care of oiled wood\n\nLet it dry.\n\n- Wipe off the dust\n- Oil it thinly';

let desk: Desk;
let anna: AgentWindow;
let catcher: Catcher;

beforeAll(async () => {
  desk = await makeDesk({ admin: 'Anna Berg' });
  const { api } = desk.admin;
  await api.call('PATCH', '/me', { undoSeconds: 0, signature: 'Yours, {{agent.name}}' });
  await api.call('POST', '/canned-responses', {
    title: 'Shipped today',
    body: 'Hi {{customer.name}}, order {{order.number}} left us.',
  });
  const base = await api.call('POST', '/knowledge-bases', { name: 'Furniture', public: true });
  const knowledgeBase = isRecord(base) ? base['id'] : null;
  const article = { knowledgeBase, title: 'Oiled tables', body: CARE, published: true };
  await api.call('POST', '/articles', article);
  await desk.write({ subject: LAMP, text: 'What do I do?' });
  await vi.waitFor(
    async () => expect(await api.list('/tickets?view=new')).toHaveLength(1),
    ARRIVES_MS_MAX,
  );
  anna = await desk.open(desk.admin, '/tickets/1');
  catcher = readCatcher(await desk.catcherWindow(), desk.customer.address);
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);
const answer = ({ page }: AgentWindow) => page.getByRole('textbox', { name: 'Your answer' });
/** The editor itself, and not the plain field that takes the typing until it is there. */
const editor = (window: AgentWindow) =>
  answer(window).and(window.page.locator('[contenteditable=true]'));

/** The newest mail of the ticket, as the API tells it. */
async function newest(): Promise<Record<string, unknown>> {
  const entries = await desk.admin.api.list('/tickets/1/timeline');
  return entries.filter(isRecord).findLast(({ kind }) => kind === 'message') ?? {};
}

step('an answer with a layout arrives as HTML and as text, blind copies unseen', async () => {
  await editor(anna).click();
  const { keyboard } = anna.page;
  await keyboard.type('Dear ');
  await keyboard.press('Control+b');
  await keyboard.type('Eleanor');
  await keyboard.press('Control+b');
  await keyboard.press('Enter');
  await keyboard.type('- Wipe it');
  await keyboard.press('Enter');
  await keyboard.type('Oil it');
  await anna.button('Bcc').click();
  await keyboard.type(desk.customerAt('boss'));
  await keyboard.press('Enter');
  await anna.button('Send').click();
  await anna.sees(anna.page.getByText(/^Sent \d/));
  await catcher.open(LAMP);
  await catcher.says('Yours, Anna Berg');
  expect(await newest()).toMatchObject({
    html: expect.stringMatching(/<p style="[^"]+">Dear <strong>Eleanor<\/strong><\/p>\s*<ul /),
    text: expect.stringMatching(/^Dear Eleanor\n\n \* Wipe it\n \* Oil it/),
    bcc: [desk.customerAt('boss')],
  });
});

step('a picture that is pasted stands in the mail, and in the timeline', async () => {
  await editor(anna).click();
  await anna.page.keyboard.type('Look: ');
  // An expression, for the browser has types of its own.
  await anna.page.evaluate(`{
    const bytes = Uint8Array.from(atob('${PNG}'), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'crack.png', { type: 'image/png' }));
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    const field = document.querySelector('[contenteditable=true]');
    field.dispatchEvent(new ClipboardEvent('paste', paste));
  }`);
  await anna.sees(editor(anna).locator('img[src^="/api/v1/attachments/"]'));
  await anna.button('Send').click();
  const frame = anna.page.frameLocator('iframe.mail-html').last();
  await anna.sees(frame.locator('img[src^="/api/v1/attachments/"]'));
  expect(await newest()).toMatchObject({
    html: expect.stringContaining('src="cid:'),
    attachments: [{ filename: 'crack.png', inline: true }],
  });
});

step('a slash brings canned responses, and what nobody filled stops the sending', async () => {
  await editor(anna).click();
  await anna.page.keyboard.type('/');
  const panel = anna.page.getByRole('region', { name: 'Canned responses' });
  await anna.sees(panel.getByRole('option', { name: /Shipped today/ }));
  await anna.page.keyboard.type('ship');
  await anna.page.keyboard.press('Enter');
  await anna.misses(panel);
  await anna.sees(editor(anna).getByText('Hi Eleanor Hughes, order {{order.number}} left us.'));
  await anna.button('Send').click();
  await anna.sees(anna.page.getByText('{{order.number}} is not filled in.', { exact: false }));
  await editor(anna).fill('');
});

step('a question mark brings articles, of which parts and the link are taken', async () => {
  await editor(anna).click();
  await anna.page.keyboard.type('?');
  const panel = anna.page.getByRole('region', { name: 'Answers from the knowledge base' });
  await panel.getByRole('checkbox', { name: 'Let it dry.' }).check();
  await panel.getByRole('checkbox', { name: 'Oil it thinly' }).check();
  await panel.getByRole('button', { name: 'Insert 2 parts' }).click();
  await anna.sees(
    editor(anna).getByText('Let it dry.'),
    editor(anna).getByRole('listitem').filter({ hasText: 'Oil it thinly' }),
  );
  await anna.button('Knowledge base').click();
  await panel.getByRole('button', { name: 'Insert the link' }).click();
  const link = editor(anna).getByRole('link', { name: 'Oiled tables' });
  const address = new URL((await link.getAttribute('href')) ?? '');
  const nobody = await desk.window();
  await nobody.page.goto(address.pathname);
  await nobody.sees(
    nobody.page.getByRole('heading', { name: 'Oiled tables' }),
    nobody.page.getByText('Wipe off the dust'),
  );
  const policy = await nobody.page.request.get(address.pathname);
  expect(policy.headers()['content-security-policy']).toContain("object-src 'none'");
  const gone = await nobody.page.request.get(`${address.pathname}x`);
  expect(gone.status()).toBe(404);
});

step('a draft goes on in another browser, as it was laid out', async () => {
  await anna.sees(anna.page.getByText('Draft saved'));
  const home = await desk.open(desk.admin, '/tickets/1');
  await home.sees(
    editor(home).getByRole('listitem').filter({ hasText: 'Oil it thinly' }),
    editor(home).getByRole('link', { name: 'Oiled tables' }),
  );
  await home.page.close();
});

step('on a phone the whole name of the customer is read beside Cc and Bcc', async () => {
  const { page } = anna;
  const [customer] = await desk.admin.api.list('/customers');
  const id = isRecord(customer) ? String(customer['id']) : '';
  await desk.admin.api.call('PATCH', `/customers/${id}`, { name: 'Eleanor Margareta Lindenberg' });
  await page.reload();
  await anna.sees(editor(anna), page.locator('.whom').getByText('Eleanor Margareta Lindenberg'));
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const whom = page.locator('.editor .whom');
  const cut = await whom.evaluate((button) => button.scrollWidth > button.clientWidth);
  const box = await page.getByRole('button', { name: 'Bcc', exact: true }).boundingBox();
  expect({ cut, inside: box !== null && box.x + box.width <= 390 }).toEqual({
    cut: false,
    inside: true,
  });
  if (size !== null) await page.setViewportSize(size);
});

step('a file that is too large is refused beside it, with the limit', async () => {
  const picker = anna.page.getByLabel('Files to upload');
  await picker.setInputFiles(await makeLargeFile('film.mov', 11 * 1_048_576));
  const files = anna.page.getByRole('list', { name: 'Files of this mail' });
  await anna.sees(
    files.getByText('11 MB is over the limit of 10 MB.', { exact: false }),
    anna.page.getByText('Up to 10 MB a file, 25 MB a mail'),
  );
  await anna.button('Remove film.mov').click();
});

step('an answer is taken back from another page, after a reload', async () => {
  await desk.admin.api.call('PATCH', '/me', { undoSeconds: 60 });
  await anna.button('Send').click();
  await anna.sees(anna.button('Undo'));
  await anna.view('Open').click();
  await anna.page.reload();
  await anna.button('Undo').click();
  await anna.sees(anna.page.getByText('Not sent. Your answer is in the editor again.'));
  await anna.sees(editor(anna).getByRole('listitem').filter({ hasText: 'Oil it thinly' }));
  expect(anna.errors).toEqual([]);
});

step('a composed mail is taken back into the answer of its ticket', async () => {
  await anna.page.goto('/compose');
  const form = anna.page.getByRole('form', { name: 'New mail' });
  await form.getByLabel('To', { exact: true }).fill(desk.customerAt('carla'));
  await form.getByLabel('Subject').fill('Your lamp is here');
  await form.getByLabel('Mail', { exact: true }).fill('It waits in the shop.');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await anna.sees(anna.page.getByRole('heading', { name: 'Your lamp is here', level: 1 }));
  await anna.button('Undo').click();
  await anna.sees(anna.page.getByText('Not sent. Your answer is in the editor again.'));
  await anna.sees(editor(anna).getByText('It waits in the shop.'));
});

step('a canned response labels the ticket, and its sending solves', async () => {
  await desk.admin.api.call('PATCH', '/me', { undoSeconds: 0 });
  await desk.admin.api.call('POST', '/canned-responses', {
    title: 'Glad to help',
    body: 'Hi {{customer.phone | "you"}} and {{agent.firstName | "us"}}, glad to help.',
    labels: ['glad'],
    afterSend: { solve: { summary: false } },
  });
  await anna.page.goto('/tickets/1');
  await editor(anna).fill('');
  await editor(anna).click();
  await anna.page.keyboard.type('/');
  await anna.page.keyboard.type('glad');
  const panel = anna.page.getByRole('region', { name: 'Canned responses' });
  await anna.sees(panel.getByRole('option', { name: /Glad to help/ }));
  await anna.page.keyboard.press('Enter');
  await anna.sees(editor(anna).getByText('and Anna, glad to help.'));
  await editor(anna).fill('Glad to help.');
  await anna.button(/^Send and solve/).click();
  await vi.waitFor(async () => {
    const ticket = await desk.admin.api.call('GET', '/tickets/1');
    expect(ticket).toMatchObject({ state: 'solved', labels: ['glad'] });
    const [used] = (await desk.admin.api.list('/canned-responses?q=glad')).filter(isRecord);
    expect(used).toMatchObject({ used: 1 });
  }, ARRIVES_MS_MAX);
});
