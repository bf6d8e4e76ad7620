import sharp from 'sharp';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import { readCatcher } from './catcher.ts';
import { makeDesk, stepsOf, type Desk } from './shared-desk.ts';

/** From SMTP to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;
const ZONE = 'Asia/Tokyo';

let desk: Desk;
let anna: AgentWindow;

beforeAll(async () => {
  desk = await makeDesk({ name: 'own-settings', admin: 'Anna Berg', firstSteps: true });
  anna = await desk.open(desk.admin, '/open', { timezoneId: 'UTC' });
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);
const heading = (name: string) => anna.page.getByRole('heading', { level: 1, name, exact: true });
const toast = (text: string) => anna.page.getByText(text);

step('the first steps tick themselves off from what is there, and go when all are', async () => {
  const { page, sees, misses } = anna;
  const steps = page.getByRole('region', { name: 'First steps' });
  await sees(steps.getByText('0 of 4 done.', { exact: false }));
  await sees(steps.getByRole('link', { name: 'To the mailboxes' }));
  const bo = { name: 'Bo Lind', email: `bo@${desk.domain}`, role: 'agent', teams: [] };
  await desk.admin.api.call('POST', '/agents', bo);
  await desk.write({ from: desk.admin.email, subject: 'A test', text: 'Does it come in?' });
  await sees(steps.getByText('3 of 4 done.', { exact: false }));
  await misses(steps.getByRole('link', { name: 'To the mailboxes' }));
  await steps.getByText('The form as HTML').click();
  const form = await steps.locator('pre', { hasText: '<form' }).innerText();
  const visitor = await desk.window();
  await visitor.page.setContent(form);
  await visitor.page.getByLabel('E-mail').fill(desk.customerAt('visitor'));
  await visitor.page.getByLabel('Subject').fill('From the form');
  await visitor.page.getByLabel('Message').fill('Is it true?');
  await visitor.button('Send').click();
  await visitor.sees(visitor.page.getByRole('heading', { name: 'Thank you' }));
  await sees(steps.getByText('All done.', { exact: false }));
  await page.reload();
  await sees(heading('Open'));
  await misses(steps);
});

step('an agent has the console speak Swedish, and English again', async () => {
  const { page, sees } = anna;
  await page.goto('/settings/profile');
  const signature = page.getByRole('textbox', { name: 'Your signature' }).and(page.locator('div'));
  await signature.fill('Anna Berg');
  await signature.press('ControlOrMeta+a');
  await signature.press('ControlOrMeta+b');
  await sees(signature.locator('strong'));
  await page.getByLabel('Language', { exact: true }).selectOption({ label: 'Svenska' });
  await anna.button('Save').click();
  await sees(heading('Profil'), page.getByRole('link', { name: /^Nya/ }).first());
  await sees(page.getByLabel('Din signatur').locator('strong', { hasText: 'Anna Berg' }));
  expect(await page.locator('html').getAttribute('lang')).toBe('sv');
  await page.getByLabel('Språk', { exact: true }).selectOption({ label: 'English' });
  await anna.button('Spara').click();
  await sees(heading('Profile'));
  // As it was: the second saving was of something else.
  const { agent } = await (await page.request.get('/api/v1/me')).json();
  expect(agent.signature).toBe('Anna Berg');
  expect(agent.signatureHtml).toMatch(/^<p[^<>]*><strong[^<>]*>Anna Berg<\/strong><\/p>$/);
});

step('another time zone changes the times that are shown', async () => {
  const { page, sees } = anna;
  const { items } = await (await page.request.get('/api/v1/me/sessions')).json();
  const [{ signedInAt }] = items;
  const timeIn = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(new Date(signedInAt));
  const sessions = page.getByRole('region', { name: 'Where you are signed in' });
  await sees(sessions.getByText(timeIn('UTC')));
  await page.getByLabel('Time zone').selectOption(ZONE);
  await anna.button('Save').click();
  await sees(sessions.getByText(timeIn(ZONE)));
});

step('a picture stands where the initials were, for its agent and for colleagues', async () => {
  const { page } = anna;
  const background = '#0f6454';
  const buffer = await sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .png()
    .toBuffer();
  const file = { name: 'me.png', mimeType: 'image/png', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
  const mine = page.getByRole('button', { name: 'You: Anna Berg' }).locator('img').first();
  await vi.waitFor(async () => {
    expect(await mine.evaluate((img) => 'naturalWidth' in img && img.naturalWidth)).toBe(160);
  }, ARRIVES_MS_MAX);
  await desk.admin.api.call('POST', '/tickets/1/claim');
  await page.goto('/tickets/1');
  const owner = page.locator('.av.me:not(.md) img').first();
  await owner.waitFor();
});

step('the acknowledgement says what was written and looked at beside it', async () => {
  const { page, sees } = anna;
  const on = { acknowledge: true };
  await desk.admin.api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, on);
  await page.goto('/settings/texts');
  const text = page.getByLabel('Text', { exact: true });
  await text.fill('Dear {{customer.nmae}}');
  await sees(page.getByText('{{customer.nmae}} is not known in this mail.', { exact: false }));
  await text.fill('Dear {{customer.firstName}},\n\nwe have {{ticket.number}}.');
  const preview = page.frameLocator('iframe[title="What the customer gets"]');
  await sees(preview.getByText('Dear Eleanor,'), preview.getByText('we have 1042.'));
  const seen = await preview.locator('body').innerText();
  await anna.button('Save the text').click();
  await sees(toast('The text is saved'));
  // Of the example's name and with its subject, so that only the number is another.
  await desk.write({ subject: 'The lamp came with a broken shade', text: 'It is broken.' });
  const window = await desk.catcherWindow();
  const catcher = readCatcher(window, desk.customer.address);
  await vi.waitFor(async () => {
    expect(await catcher.count('The lamp came with')).toBe(1);
  }, ARRIVES_MS_MAX);
  await catcher.open('The lamp came with');
  await catcher.says('Dear Eleanor,');
  const got = window.page.frameLocator('iframe[title="The mail as HTML"]').locator('body');
  expect((await got.innerText()).trim()).toBe(seen.trim().replaceAll('1042', '3'));
});

step('a canned response is written, filled by an example, and found in the list', async () => {
  const { page, sees, misses } = anna;
  await page.goto('/settings/canned');
  await page.getByRole('link', { name: 'New response' }).click();
  await anna.button('Save').click();
  await sees(page.getByText('Give it a title', { exact: false }));
  await page.getByLabel('Title').fill('Shade on its way');
  await page.getByLabel('Text', { exact: true }).fill('Hi ');
  await anna.button('Insert {{customer.firstName}}').click();
  await sees(page.getByRole('region', { name: 'As it stands' }).getByText('Hi Eleanor'));
  await page.getByLabel('Folder').fill('Orders/Shades');
  await page.getByLabel('Labels').fill('shade, sent');
  await page.getByLabel('Sending', { exact: true }).selectOption('Send and pend');
  await page.getByLabel('For how many days').fill('0');
  await anna.button('Save').click();
  await sees(page.getByText('“0” is no number of days', { exact: false }));
  await page.getByLabel('For how many days').fill('2');
  const form = { name: 'fitting.txt', mimeType: 'text/plain', buffer: Buffer.from('Turn left.') };
  await page.getByLabel('Files that go along').setInputFiles(form);
  await sees(page.getByText('10 B'));
  await anna.button('Save').click();
  const row = page.getByRole('link', { name: /^Shade on its way/ });
  await sees(row, page.getByRole('heading', { name: 'Orders / Shades' }));
  await row.click();
  await sees(page.getByText('fitting.txt'));
  expect(await page.getByLabel('Labels').inputValue()).toBe('shade, sent');
  await page.getByRole('link', { name: 'To the canned responses' }).click();
  const csv = Buffer.from('title,text\nThanks,Thank you!\nEmpty,\n');
  const file = { name: 'canned.csv', mimeType: 'text/csv', buffer: csv };
  await page.getByLabel('File with canned responses').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Import of canned responses' });
  await sees(
    dialog.getByText('1 made, 0 changed.'),
    dialog.getByText('Line 3: The text is empty.'),
  );
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await sees(page.getByRole('link', { name: /^Thanks/ }));
  await page.getByRole('searchbox').fill('nothing like it');
  await misses(row);
  await page.getByRole('searchbox').fill('shade');
  await sees(row);
});

step(
  'an article is written, published, written on, compared with what it said, and taken back',
  async () => {
    const { page, sees } = anna;
    const field = () => page.getByLabel('Text', { exact: true });
    const status = (words: string) => page.getByRole('status').getByText(words, { exact: true });
    await page.goto('/knowledge-base');
    await anna.button('New knowledge base…').click();
    await page.getByLabel('Name').fill('Help');
    await anna.button('Make it').click();
    await sees(toast('“Help” is made'));
    await page.getByRole('link', { name: 'New article' }).click();
    await page.getByLabel('Title').fill('How do I change the shade?');
    await field().fill('# Steps\n\nTake it **off** by hand.');
    await page.getByLabel('Labels').fill('lamp, shade');
    const preview = page.getByRole('region', { name: 'As it is read' });
    const red = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
    const picture = { name: 'ring.png', mimeType: 'image/png', buffer: await red.png().toBuffer() };
    await page.getByLabel('Files for the article').setInputFiles(picture);
    const shown = preview.getByRole('img', { name: 'ring.png' });
    await sees(preview.getByRole('heading', { name: 'Steps' }), shown, status('Saved'));
    await expect.poll(() => shown.evaluate((image) => image.clientWidth)).toBe(8);
    await page.waitForURL(/knowledge-base\/(?!new)/);
    await anna.button('Publish').click();
    await sees(toast('“How do I change the shade?” is published'));

    await field().fill('# Steps\n\nTake it **off** with pliers.');
    await sees(status('Saved'));
    // What is typed is there on another machine, and readers see none of it.
    await page.reload();
    await sees(preview.getByText('with pliers'), anna.page.getByText('Published, with changes'));
    await anna.button('Versions').click();
    await page.getByRole('button', { name: /^Version 1/ }).click();
    const versions = page.getByRole('region', { name: 'Versions' });
    await sees(versions.getByRole('deletion').getByText('hand'));
    await sees(versions.getByRole('insertion').getByText('pliers'));
    await anna.button('Publish').click();
    await anna.button('Take this text back').click();
    await expect.poll(() => field().inputValue()).toContain('by hand');
    await anna.button('More for this article').click();
    await page.getByRole('menuitem', { name: 'Discard changes…' }).click();
    await anna.dialog('Discard the changes?').getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => field().inputValue()).toContain('with pliers');
    await page.getByRole('link', { name: 'Translate into Swedish' }).click();
    // Both pages have the same title; only the new one is a draft.
    await sees(page.getByText('Draft', { exact: true }));
    await page.getByLabel('Title').fill('Hur byter jag skärmen?');
    await sees(status('Saved'));
    await page.getByRole('link', { name: 'English: How do I change the shade?' }).click();
    await sees(page.getByRole('link', { name: 'Swedish: Hur byter jag skärmen?' }));
  },
);

step('what another wrote meanwhile is shown, and nothing is lost of either text', async () => {
  const { page, sees, misses } = anna;
  const { api } = desk.admin;
  const path = `/articles/${new URL(page.url()).pathname.split('/').at(-1)}`;
  const draft = await api.call('GET', `${path}/draft`);
  const base = isRecord(draft) ? draft['revision'] : null;
  const text = { title: 'How do I change the shade?', body: 'Ask for help.' };
  await api.call('PUT', `${path}/draft`, { ...text, base });
  const field = page.getByLabel('Text', { exact: true });
  await field.fill('Ask us for help.');
  const notice = page.getByText('Somebody else has changed this article meanwhile');
  await sees(notice, page.getByRole('region', { name: 'From theirs to yours' }));
  await anna.button('Keep mine').click();
  await misses(notice);
  await sees(page.getByRole('status').getByText('Saved', { exact: true }));
  await page.getByRole('link', { name: 'To the knowledge base' }).click();
  const row = page.getByRole('link', { name: /^How do I change the shade/ });
  await sees(row.getByText('Published, with changes'), row.getByText('Help · lamp · shade'));
  await anna.button('Change “Help”…').click();
  await anna.button('Delete the knowledge base…').click();
  await sees(page.getByText('Its 2 articles go with it.'));
  await anna.button('Delete').click();
  await sees(page.getByText('No article yet'));
  expect(anna.errors).toEqual([]);
});
