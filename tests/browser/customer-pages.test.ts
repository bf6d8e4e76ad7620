import { afterAll, beforeAll, expect } from 'vitest';
import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import { violationsOn } from './axe.ts';
import { readCatcher } from './catcher.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const SUBJECT = 'The lamp shade is cracked';
const PHONE = { viewport: { width: 390, height: 844 } };

let desk: Desk;
let agent: AgentWindow;
/** A customer's browser that runs no scripts, as pages for everybody must not need one. */
let eleanor: AgentWindow;
const step = stepsOf(() => desk);

beforeAll(async () => {
  desk = await makeDesk({ name: 'customers' });
  await desk.admin.api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { acknowledge: true });
  await desk.write({ subject: SUBJECT, text: 'It arrived with a crack.' });
  agent = await desk.open(desk.admin, '/new');
  await agent.sees(agent.ticket(SUBJECT));
  eleanor = await desk.window({ ...PHONE, javaScriptEnabled: false });
});

afterAll(() => desk.close());

/** The address of the link to such a page in the newest mail about the ticket, once it has come. */
async function linkIn(page: '/t/' | '/rate/'): Promise<string> {
  const window = await desk.catcherWindow();
  const catcher = readCatcher(window, desk.customer.address);
  const mail = window.page.frameLocator('iframe[title="The mail as HTML"]');
  const link = mail.locator(`a[href*="${page}"]`).first();
  await expect
    .poll(async () => {
      await catcher.open(SUBJECT);
      await mail.locator('body :visible').first().waitFor();
      return link.count();
    })
    .toBe(1);
  const href = await link.getAttribute('href');
  await window.close();
  return href ?? 'no link';
}

async function isAccessible(address: string): Promise<void> {
  const { page, close } = await desk.window({ ...PHONE, colorScheme: 'dark' });
  await page.goto(address);
  expect(await violationsOn(page)).toEqual([]);
  await close();
}

step('the acknowledgement leads a customer to the ticket, where an answer is written', async () => {
  const { page, sees } = eleanor;
  const address = await linkIn('/t/');
  await page.goto(address);
  await sees(page.getByText('It arrived with a crack.'), page.getByText('We answer here'));
  await isAccessible(address);
  await page.getByLabel('Your message').fill('There is a photo of it, too.');
  const photo = { name: 'crack.txt', mimeType: 'text/plain', buffer: Buffer.from('A crack.') };
  await page.getByLabel(/^Files/).setInputFiles(photo);
  await eleanor.button('Send').click();
  await sees(page.getByText('Thank you, we have your message.', { exact: false }));
  await agent.ticket(SUBJECT).click();
  await agent.sees(agent.mail('crack.txt'));
  const said = agent.page.frameLocator('article iframe').last();
  await said.getByText('There is a photo of it, too.').waitFor();
});

step('what agents keep to themselves is not on the page, and what they answer is', async () => {
  const { api } = desk.admin;
  await api.call('POST', '/tickets/1/notes', { text: 'The supplier is late again.' });
  await api.call('PUT', '/tickets/1/labels/supplier');
  await api.call('POST', '/tickets/1/reply', { text: 'A new one is on its way.', undoSeconds: 0 });
  const { page } = eleanor;
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByText('A new one is on its way.').count();
    })
    .toBe(1);
  expect(await page.content()).not.toContain('supplier');
});

step('a summary asks for a rating, which only the button gives', async () => {
  const { api } = desk.admin;
  await api.call('POST', '/tickets/1/solve', { summary: true });
  const rating = async () => {
    const ticket = await api.call('GET', '/tickets/1');
    return isRecord(ticket) ? ticket.rating : undefined;
  };
  const address = await linkIn('/rate/');
  const { page, sees } = eleanor;
  await page.goto(address);
  await sees(page.getByRole('heading', { name: 'How was our help?' }));
  expect(await rating()).toBeNull();
  await isAccessible(address);
  await page.getByLabel('Good').check();
  await page.getByLabel(/^Do you want to tell us more/).fill('So quick!');
  await eleanor.button('Send').click();
  await sees(page.getByText('Thank you.', { exact: false }));
  await expect.poll(rating).toMatchObject({ score: 'good', comment: 'So quick!' });
  await agent.sees(agent.page.getByText('So quick!'));
  expect(agent.errors).toEqual([]);
});
