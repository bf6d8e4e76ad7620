import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { makeDesk, stepsOf, type Desk } from './shared-desk.ts';

const LAMP = 'The lamp shade is cracked';
const INVOICE = 'An invoice for my company';
/** From SMTP to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;
/** What others do is seen within this. */
const LIVE_MS_MAX = 1000;

let desk: Desk;
let anna: AgentWindow;
let bo: AgentWindow;

beforeAll(async () => {
  desk = await makeDesk({
    admin: 'Anna Berg',
    teams: ['Support'],
    agents: [{ name: 'Bo Lindqvist', teams: ['Support'] }],
  });
  for (const subject of [LAMP, INVOICE]) await desk.write({ subject, text: 'Can you help?' });
  await vi.waitFor(
    async () => expect(await desk.admin.api.list('/tickets?view=new')).toHaveLength(2),
    ARRIVES_MS_MAX,
  );
  anna = await desk.open(desk.admin, '/new');
  bo = await desk.open(desk.agent('Bo Lindqvist'), '/new');
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);
const here = ({ page }: AgentWindow) => page.getByRole('status', { name: 'Who else is here' });

step('who opens a ticket sees who reads it already, and who comes after is seen too', async () => {
  await anna.ticket(LAMP).click();
  await anna.sees(anna.page.getByRole('form', { name: 'Answer' }));
  await bo.ticket(LAMP).click();
  await bo.sees(here(bo).getByText('Anna is reading this'));
  await anna.sees(here(anna).getByText('Bo is reading this'));
});

step('typing an answer warns the other, typing a note is told, leaving takes it back', async () => {
  await anna.page.keyboard.press('r');
  await anna.page.keyboard.type('I am sorry about the shade.');
  await bo.sees(here(bo).getByText('Anna is answering too.'));
  await bo.sees(bo.button('Claim'));
  await bo.page.keyboard.press('n');
  await bo.page.keyboard.type('Ask the supplier');
  await anna.sees(here(anna).getByText('Bo is typing a note'));
  await bo.page.goto('/new');
  await anna.misses(here(anna).getByText(/^Bo /));
});

step('a claim is seen within a second', async () => {
  await bo.page.goto('/new');
  await bo.sees(bo.ticket(LAMP));
  await bo.ticket(LAMP).click();
  await bo.sees(bo.button('Claim'));
  await desk.admin.api.call('POST', '/tickets/1/claim');
  await bo.page.getByText('Owner: Anna Berg').waitFor({ timeout: LIVE_MS_MAX });
});

step('who claims a moment later learns who was quicker, and what is true now', async () => {
  await bo.page.goto('/new');
  await bo.ticket(INVOICE).click();
  await bo.sees(bo.button('Claim'));
  // As if the news were still on its way.
  await bo.page.route('**/api/v1/tickets/2', (route) => route.abort());
  await desk.admin.api.call('POST', '/tickets/2/claim');
  await bo.button('Claim').click();
  const dialog = bo.page.getByRole('dialog', { name: /^Anna/ });
  await bo.sees(dialog);
  await bo.page.unroute('**/api/v1/tickets/2');
  await dialog.getByRole('button', { name: /^Leave it to Anna/ }).click();
  await bo.misses(dialog);
  await desk.admin.api.call('POST', '/tickets/2/release');
});

step('an invitation brings the ticket into the other’s Open', async () => {
  await bo.page.goto('/open');
  await bo.sees(bo.page.getByRole('heading', { name: 'Open', level: 1 }));
  const { id } = desk.agent('Bo Lindqvist');
  await desk.admin.api.call('PUT', `/tickets/1/participants/${id}`);
  await bo.ticket(LAMP).waitFor();
  await bo.sees(bo.button(/^Reminders, 1 not done/));
});

step('Team holds what others in my teams have open', async () => {
  await bo.page.goto('/team');
  await bo.sees(bo.page.getByRole('heading', { name: 'Team', level: 1 }));
  await desk.admin.api.call('POST', '/tickets/2/claim');
  await bo.ticket(INVOICE).waitFor();
});

step('rows stay under the pointer; what came is shown when it is asked for', async () => {
  await bo.page.goto('/team');
  await bo.ticket(INVOICE).hover();
  await desk.admin.api.call('POST', '/tickets/2/release');
  await bo.sees(bo.button(/^1 update/));
  await bo.sees(bo.ticket(INVOICE));
  await bo.button(/^1 update/).click();
  await bo.misses(bo.ticket(INVOICE));
});

step('a lost connection is told with the next try, and caught up without a reload', async () => {
  await bo.page.goto('/new');
  await bo.sees(bo.ticket(INVOICE));
  await bo.page.mouse.move(0, 0);
  await bo.page.evaluate('window.stays = true');
  await bo.page.context().setOffline(true);
  await bo.sees(bo.page.getByText('No connection. Drafts are kept here.'));
  await bo.sees(bo.page.getByText(/^Next try in \d+ s$/));
  await desk.admin.api.call('POST', '/tickets/2/claim');
  await bo.page.context().setOffline(false);
  await bo.misses(bo.page.getByText('No connection. Drafts are kept here.'));
  await bo.misses(bo.ticket(INVOICE));
  expect(await bo.page.evaluate('window.stays')).toBe(true);
  expect([...anna.errors, ...bo.errors]).toEqual([]);
});
