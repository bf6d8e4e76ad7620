/** The text that the product started from, first half: a sentence is a test. */
import { afterAll, beforeAll, expect } from 'vitest';

import type { AgentWindow } from './agent-window.ts';
import { readCatcher } from './catcher.ts';
import { makeTicket, openStaying, pendIn } from './seed-steps.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const BO = 'Bo Lindqvist';

let desk: Desk;
let anna: AgentWindow;
let bo: AgentWindow;

beforeAll(async () => {
  const teams = ['Support', 'Billing'];
  desk = await makeDesk({ name: 'seed', teams, agents: [{ name: BO, teams: ['Support'] }] });
  await desk.agent(BO).api.call('PATCH', '/me', { undoSeconds: 0 });
  [anna, bo] = await Promise.all([
    openStaying(desk, desk.admin),
    openStaying(desk, desk.agent(BO)),
  ]);
});

afterAll(() => desk.close());

const sentence = stepsOf(() => desk);

const formPath = () => `/api/v1/contact/${encodeURIComponent(desk.mailbox.address)}`;

sentence(
  'When a customer contacts your company through the contact form/support module or sends an ' +
    'email to your company a mail ticket is created.',
  async () => {
    await anna.view('New').click();
    await desk.write({ subject: 'Written by mail', text: 'Is the lamp in stock?' });
    const form = { email: desk.customer.address, subject: 'Written in the form', text: 'Is it?' };
    const answer = await anna.page.request.post(formPath(), { data: form });
    expect(answer.status()).toBe(201);
    await anna.sees(anna.ticket('Written by mail'), anna.ticket('Written in the form'));
  },
);

sentence('To access mail tickets enter IOdesk and navigate to Mail.', async () => {
  const window = await desk.window();
  await window.page.goto('/');
  await window.page.getByLabel('E-mail').fill(desk.admin.email);
  await window.page.getByLabel('Password').fill(desk.admin.password);
  await window.page.getByRole('button', { name: 'Sign in' }).click();
  await window.view('New').click();
  await window.sees(window.ticket('Written by mail'));
  await window.close();
});

sentence('Tickets have four possible states they’re new, open, solved and pending.', async () => {
  const number = await makeTicket(desk, 'Of four states');
  await anna.page.goto(`/tickets/${number}`);
  const state = (name: string) => anna.page.locator('.thead .state').getByText(name);
  await anna.sees(state('New'));
  await anna.button('Claim').click();
  await anna.sees(state('Open'));
  await pendIn(anna, '3 days');
  await anna.sees(state('Pending'));
  await anna.button('Resume').click();
  await anna.sees(state('Open'));
  await anna.button(/^Solve/).click();
  await anna.page.getByRole('menuitem', { name: 'Solve, no summary' }).click();
  await anna.sees(state('Solved'));
});

sentence(
  'The new status means the ticket has not been opened or solved by an agent or the virtual ' +
    'assistant yet.',
  async () => {
    await makeTicket(desk, 'Nobody has opened this');
    await anna.page.goto('/new');
    await anna.sees(anna.ticket('Nobody has opened this'));
    await anna.ticket('Nobody has opened this').click();
    // Reading it is not opening it.
    await anna.sees(anna.mail('Nobody has opened this'));
    await anna.page.goto('/new');
    await anna.sees(anna.ticket('Nobody has opened this'));
    await anna.ticket('Nobody has opened this').click();
    await anna.button('Claim').click();
    await anna.sees(anna.page.getByText('Owner: you'));
    await anna.page.goto('/new');
    await anna.misses(anna.ticket('Nobody has opened this'));
  },
);

sentence('The open status means that the ticket has been claimed by an agent.', async () => {
  await makeTicket(desk, 'To be claimed');
  await bo.page.goto('/new');
  await bo.ticket('To be claimed').click();
  await bo.button('Claim').click();
  await bo.sees(bo.history('You claimed the ticket'), bo.page.getByText('Owner: you'));
  await bo.page.goto('/open');
  await bo.sees(bo.ticket('To be claimed'));
});

sentence(
  'When a ticket is open the agent can perform different actions to it such as answering, ' +
    'solving it and so on.',
  async () => {
    await bo.page.goto('/open');
    await bo.ticket('To be claimed').click();
    for (const name of [/^Pend/, /^Solve/, 'Callback date', 'Auto-solve', 'Invite']) {
      await expect.poll(() => bo.button(name).first().isEnabled()).toBe(true);
    }
    await bo.page.getByRole('form', { name: 'Answer' }).waitFor();
  },
);

sentence(
  'The solved status means that the ticket has been solved by an agent or the virtual assistant.',
  async () => {
    await bo.button(/^Solve/).click();
    await bo.page.getByRole('menuitem', { name: 'Solve, no summary' }).click();
    await bo.sees(bo.history('You solved it, no summary'), bo.page.getByText(/^Solved by you/));
  },
);

sentence('Solved tickets are not displayed in the mail view.', async () => {
  for (const view of ['Open', 'New', 'Team', 'Pending']) {
    await bo.view(view).click();
    await bo.sees(bo.page.getByRole('heading', { name: view, level: 1 }));
    await bo.misses(bo.ticket('To be claimed'));
  }
  await bo.view('Solved').click();
  await bo.sees(bo.ticket('To be claimed'));
});

sentence(
  'Agents can change the status of open tickets to pending to get a reminder at a set date that ' +
    'they should get back to the ticket.',
  async () => {
    const number = await makeTicket(desk, 'Back in a moment', { claim: desk.agent(BO) });
    await bo.page.goto(`/tickets/${number}`);
    await pendIn(bo, '4 s');
    const reminders = bo.page.getByRole('button', { name: /^Reminders/ }).first();
    await bo.sees(bo.history('Returned to Open by the callback date'));
    await reminders.click();
    await bo.sees(bo.page.getByRole('link', { name: /Back in a moment/ }));
    await bo.page.keyboard.press('Escape');
  },
);

sentence(
  'In the left menu, you can see how many open, new and team mail tickets there are.',
  async () => {
    const counts = await desk.agent(BO).api.call('GET', '/views');
    await bo.page.goto('/open');
    for (const [view, key] of [
      ['Open', 'open'],
      ['New', 'new'],
      ['Team', 'team'],
    ] as const) {
      const said = Object.entries(counts ?? {}).find(([name]) => name === key)?.[1];
      await bo.sees(bo.view(view).filter({ hasText: new RegExp(`^\\s*${view}\\s*${said}\\s*$`) }));
    }
  },
);

sentence('Open, all your currently open mail tickets.', async () => {
  await makeTicket(desk, 'Bo’s own', { claim: desk.agent(BO) });
  await makeTicket(desk, 'Anna’s own', { claim: desk.admin });
  await bo.page.goto('/open');
  await bo.sees(bo.ticket('Bo’s own'));
  await bo.misses(bo.ticket('Anna’s own'));
});

sentence('New, tickets that have not been claimed by an agent yet.', async () => {
  await makeTicket(desk, 'Still unclaimed');
  await bo.page.goto('/new');
  await bo.sees(bo.ticket('Still unclaimed'));
  await bo.misses(bo.ticket('Bo’s own'));
});

sentence('Team, tickets that are opened by other agents in your company and team.', async () => {
  await bo.page.goto('/team');
  await bo.sees(bo.ticket('Anna’s own'));
  await bo.misses(bo.ticket('Bo’s own'));
});

sentence('Pending, tickets that you have set on hold.', async () => {
  const number = await makeTicket(desk, 'On hold', { claim: desk.agent(BO) });
  await bo.page.goto(`/tickets/${number}`);
  await pendIn(bo, '2 days');
  await bo.page.goto('/pending');
  await bo.sees(bo.ticket('On hold'));
});

sentence(
  'After a set date, a ticket with the pending status will be converted back to open and you ' +
    'will get a reminder to get back to that ticket.',
  async () => {
    const number = await makeTicket(desk, 'Comes back', { claim: desk.agent(BO) });
    await bo.page.goto(`/tickets/${number}`);
    await pendIn(bo, '4 s');
    await bo.sees(bo.history('Returned to Open by the callback date'));
    await bo.view('Open').click();
    await bo.sees(bo.ticket('Comes back'));
    const reminders = await desk.agent(BO).api.list('/reminders');
    expect(reminders).toContainEqual(
      expect.objectContaining({ kind: 'callback', ticket: { number, subject: 'Comes back' } }),
    );
    const catcher = readCatcher(await desk.catcherWindow(), desk.agent(BO).email);
    const line = `Ticket ${number}: it is time to get back to it`;
    await expect.poll(() => catcher.count(line), { timeout: 15_000 }).toBe(1);
  },
);

sentence('Compose, send out a new email to a customer.', async () => {
  const carla = desk.customerAt('carla');
  await bo.page.goto('/open');
  await bo.page.getByRole('link', { name: 'Compose' }).first().click();
  const form = bo.page.getByRole('form', { name: 'New mail' });
  await form.getByLabel('To', { exact: true }).fill(carla);
  await form.getByLabel('Subject').fill('Your lamp is here');
  await form.getByLabel('Mail', { exact: true }).fill('It waits for you in the shop.');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await bo.sees(bo.mail('It waits for you in the shop.'), bo.page.getByText('Owner: you'));
  const catcher = readCatcher(await desk.catcherWindow(), carla);
  await catcher.open('Your lamp is here');
  await catcher.says('It waits for you in the shop.');
});

sentence(
  'Open mail tickets are currently being viewed, simply press the ticket you want to answer ' +
    'view or answer.',
  async () => {
    await bo.page.goto('/open');
    await bo.ticket('Bo’s own').click();
    await bo.sees(bo.page.getByRole('heading', { name: 'Bo’s own', level: 1 }));
    await bo.page.getByRole('form', { name: 'Answer' }).waitFor();
  },
);

sentence(
  'The conversation is in the middle of the screen. It shows who sent what and when.',
  async () => {
    const mail = bo.mail('Bo’s own').first();
    await bo.sees(mail.getByText(desk.customer.name), mail.locator('time[datetime][title]'));
    const box = await mail.boundingBox();
    const middle = (box?.x ?? 0) + (box?.width ?? 0) / 2;
    const width = bo.page.viewportSize()?.width ?? 0;
    expect(middle / width).toBeGreaterThan(0.3);
    expect(middle / width).toBeLessThan(0.7);
  },
);

sentence(
  'Client information shows the customers’ email address, how long ago the ticket was created ' +
    'and their IP address.',
  async () => {
    await bo.page.goto('/new');
    await bo.ticket('Written in the form').click();
    const client = bo.page.getByRole('region', { name: /^Customer/ });
    await bo.sees(client.getByText(desk.customer.address), client.getByText(/just now|ago$/));
    await bo.sees(client.getByText('127.0.0.1'));
  },
);

sentence(
  'If the customer is a returning customer you can view their earlier tickets to see what has ' +
    'been said before.',
  async () => {
    const earlier = bo.page.getByRole('group', { name: 'Earlier tickets' });
    await earlier.getByText('Written by mail').click();
    await bo.sees(earlier.getByText('Is the lamp in stock?'));
    expect(bo.page.url()).toContain('/tickets/');
  },
);

sentence('You can update the name and email of the customer.', async () => {
  await bo.button('Edit the customer').click();
  const form = bo.page.getByRole('form', { name: 'Edit the customer' });
  await form.getByLabel('Name').fill('Eleanor Hughes-Lind');
  await form.getByRole('button', { name: 'Save' }).click();
  await bo.sees(bo.page.getByText('Eleanor Hughes-Lind').first());
});
