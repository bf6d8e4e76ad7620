import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { makeDesk, stepsOf, type Desk } from './shared-desk.ts';

const LAMP = 'The lamp shade is cracked';
const INVOICE = 'An invoice for my company';
/** From SMTP to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;

let desk: Desk;
let anna: AgentWindow;
/** The Message-ID of the first mail. */
let lamp: string;

beforeAll(async () => {
  desk = await makeDesk({
    admin: 'Anna Berg',
    teams: ['Support'],
    agents: [{ name: 'Bo Lindqvist', teams: ['Support'] }],
  });
  const tom = `Tom <${desk.customerAt('tom')}>`;
  lamp = await desk.write({ subject: LAMP, text: 'Can you help?', cc: desk.customerAt('carl') });
  await desk.write({ subject: INVOICE, text: 'I need one.', from: tom });
  await vi.waitFor(
    async () => expect(await desk.admin.api.list('/tickets?view=new')).toHaveLength(2),
    ARRIVES_MS_MAX,
  );
  anna = await desk.open(desk.admin, '/new');
  await anna.ticket(LAMP).click();
  await anna.button('Claim').click();
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);
const customer = () => anna.page.getByRole('region', { name: 'Customer' });
const next = () => anna.page.getByRole('list', { name: 'What happens next' });

step('a mail of somebody else is made a ticket of its own', async () => {
  const carl = { from: `Carl <${desk.customerAt('carl')}>`, inReplyTo: lamp, references: lamp };
  await desk.write({ ...carl, subject: `Re: ${LAMP}`, text: 'Mine never came at all.' });
  await anna.button('Make a new ticket').click();
  const made = anna.page.getByText(/^This mail was made a ticket of its own/);
  await made.getByRole('link').click();
  await anna.sees(anna.page.getByRole('region', { name: 'Customer' }).getByText('Carl'));
  await anna.page.goBack();
  await anna.sees(made);
});

step('an address that somebody else has says whose it is, and leads to a merge', async () => {
  await anna.button('Edit the customer').click();
  await anna.button('Add an address').click();
  await anna.page.getByLabel('Address 2').fill('two words@x.test');
  await anna.button('Save').click();
  await anna.sees(anna.page.getByText('There is a space in “two words@x.test”'));
  await anna.page.getByLabel('Address 2').fill(desk.customerAt('tom'));
  await anna.button('Save').click();
  await anna.button('Merge with Tom…').click();
  await anna.sees(anna.page.getByText('Tom becomes part of'));
  await anna.button('Merge').click();
  await anna.sees(customer().getByText(desk.customerAt('tom')));
  await anna.sees(customer().getByText(INVOICE));
  await anna.sees(customer().getByText(/^Tom was made part of this customer by/));
});

step('an earlier ticket is read in place', async () => {
  await customer().getByText(INVOICE).click();
  await anna.sees(customer().getByText('I need one.'));
});

step('a colleague is called by @ while a note is written, and gets a reminder', async () => {
  await anna.page.getByRole('tab', { name: 'Note' }).click();
  const note = anna.page.getByRole('combobox', { name: 'Your note' });
  await note.pressSequentially('Ask @bo');
  await anna.sees(anna.page.getByRole('option', { name: 'Bo Lindqvist' }));
  await note.press('Enter');
  await note.pressSequentially('about it');
  await anna.button('Add note').click();
  const written = anna.page.getByRole('region', { name: 'Internal note by Anna Berg' });
  await anna.sees(written.getByText('@Bo Lindqvist', { exact: true }));
  const { api } = desk.agent('Bo Lindqvist');
  await vi.waitFor(async () =>
    expect(await api.list('/reminders')).toMatchObject([{ kind: 'mentioned' }]),
  );
});

step(
  'a cancelled auto-solve stays struck through, after a reload too, and is set again',
  async () => {
    await anna.button('Auto-solve').click();
    await anna.page.getByLabel('When').fill('in 2 days');
    await anna.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Solve / })
      .click();
    await anna.button('Cancel the solving date').click();
    await anna.sees(next().getByText(/^Cancelled \d\d:\d\d by you\./));
    await anna.page.reload();
    await next().getByRole('button', { name: 'Set again' }).click();
    await anna.sees(anna.button('Move the solving date'));
  },
);

step('the summary is shown as the customer will get it', async () => {
  await anna.page.getByRole('button', { name: /^Solve/ }).click();
  await anna.page.getByRole('menuitem', { name: 'Solve and send summary' }).click();
  const summary = anna.page.getByRole('region', { name: 'Summary of the conversation' });
  await anna.sees(summary.getByText('Can you help?'));
  await anna.sees(summary.getByText(`[#1] ${LAMP}`));
  expect(anna.errors).toEqual([]);
});
