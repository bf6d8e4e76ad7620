import { afterAll, beforeAll, expect, vi } from 'vitest';

import type { AgentWindow } from './agent-window.ts';
import { readCatcher } from './catcher.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

/** From SMTP to a ticket, on a busy machine. */
const ARRIVES_MS_MAX = 30_000;

let desk: Desk;
let anna: AgentWindow;
let eva: AgentWindow;
/** Of the new agent. */
let email: string;

beforeAll(async () => {
  desk = await makeDesk({
    name: 'settings',
    teams: ['Support'],
    agents: [{ name: 'Bo Lindqvist', teams: ['Support'] }],
  });
  anna = await desk.open(desk.admin, '/settings');
  eva = await desk.window();
  email = `eva@${desk.domain}`;
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);

const go = (page: string) =>
  anna.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: page }).click();
const row = (words: string) => anna.page.getByRole('row').filter({ hasText: words });

step('a team is made with its members, renamed, and kept while it has tickets', async () => {
  await go('Teams');
  await anna.button('New team').click();
  const made = anna.dialog('New team');
  await made.getByLabel('Name').fill('Returns');
  await made.getByLabel('Bo Lindqvist').check();
  await made.getByRole('button', { name: 'Make the team' }).click();
  await anna.sees(row('Returns').getByText('Bo Lindqvist'));
  await anna.button('Edit Returns').click();
  await anna.dialog('Edit Returns').getByLabel('Name').fill('Repairs');
  await anna.dialog('Edit Returns').getByRole('button', { name: 'Save' }).click();
  await anna.sees(row('Repairs'));

  const support = desk.teams.get('Support');
  await desk.admin.api.call('PATCH', `/mailboxes/${desk.mailbox.id}`, { team: support });
  await desk.write({ subject: 'A lamp', text: 'It is cracked.' });
  await vi.waitFor(
    async () => expect(await desk.admin.api.list('/tickets?view=new')).toHaveLength(1),
    ARRIVES_MS_MAX,
  );
  await anna.page.reload();
  await anna.sees(row('Support').getByText('1 open ticket'));
  await anna.button('Delete Support').click();
  const asked = anna.dialog('Delete the team Support?');
  await asked.getByRole('button', { name: 'Delete' }).click();
  await anna.sees(asked.getByRole('alert'));
  await asked.getByRole('button', { name: 'Cancel' }).click();
});

step('an agent is invited by mail, chooses a password and signs in', async () => {
  await go('Agents');
  await anna.button('Invite an agent').click();
  const form = anna.dialog('Invite an agent');
  await form.getByRole('button', { name: 'Send the invitation' }).click();
  await anna.sees(form.getByText('Type a name.'));
  await form.getByLabel('Name').fill('Eva Nord');
  await form.getByLabel('E-mail').fill(email);
  await form.getByLabel('Support').check();
  await form.getByRole('button', { name: 'Send the invitation' }).click();
  await anna.sees(row(email).getByText('Invited'));

  const catcher = await desk.catcherWindow();
  await readCatcher(catcher, email).open('invites you to its help desk');
  const mail = catcher.page.frameLocator('iframe[title="The mail as HTML"]');
  const link = (await mail.getByRole('link').getAttribute('href')) ?? '';
  expect(link).toMatch(/\/invitation#[\w-]{43}$/);
  await eva.page.goto(link);
  await eva.sees(eva.page.getByRole('heading', { name: /^You are invited to/ }));
  await eva.page.getByLabel('Your name').fill('Eva Norén');
  await eva.page.getByLabel('Choose a password').fill('short');
  await eva.button('Begin').click();
  await eva.sees(eva.page.getByText('At least 8 characters.', { exact: true }));
  await eva.page.getByLabel('Choose a password').fill('a good password');
  await eva.button('Begin').click();
  await eva.sees(eva.page.getByRole('heading', { name: 'Open', level: 1 }));

  // As older mails have it.
  await catcher.page.goto(link.replace('#', '/'));
  await catcher.sees(catcher.page.getByText('It was used already.'));
});

step('the tickets of a deactivated agent go back to New, and the agent is out', async () => {
  const agents = await desk.admin.api.list('/agents');
  const id = /"id":"([^"]+)","name":"Eva Norén"/.exec(JSON.stringify(agents))?.[1];
  await desk.admin.api.call('POST', '/tickets/1/assign', { agent: id });
  await anna.page.reload();
  await anna.button('Deactivate Eva Norén').click();
  const asked = anna.dialog('Deactivate Eva Norén?');
  await anna.sees(asked.getByText('1 open or pending ticket goes back to New'));
  await asked.getByRole('button', { name: 'Deactivate' }).click();
  await anna.sees(row('Eva Norén').getByText('Deactivated'));
  await eva.page.goto('/open');
  await eva.sees(eva.page.getByRole('heading', { name: 'Sign in' }));
  await anna.page.goto('/new');
  await anna.sees(anna.ticket('A lamp'));
});

step('a label and a token are made and taken away', async () => {
  await anna.page.goto('/settings/labels');
  await anna.button('New label').click();
  await anna.dialog('New label').getByLabel('Name').fill('glass');
  await anna.dialog('New label').getByRole('button', { name: 'Make the label' }).click();
  await anna.sees(row('glass').getByText('no ticket'));
  await anna.button('Delete glass').click();
  const asked = anna.dialog('Delete the label glass?');
  await asked.getByRole('button', { name: 'Delete' }).click();
  await anna.misses(row('glass'));

  await go('API tokens');
  await anna.button('New token').click();
  await anna.dialog('New token').getByLabel('Name').fill('importer');
  await anna.dialog('New token').getByRole('button', { name: 'Make the token' }).click();
  const shown = anna.dialog('Token for importer');
  expect(await shown.getByLabel('Token').inputValue()).toMatch(/^[\w-]{43}$/);
  await shown.getByRole('button', { name: 'I have it' }).click();
  await anna.sees(row('importer').getByText('never'));
  await anna.button('Revoke importer').click();
  await anna.dialog('Revoke the token importer?').getByRole('button', { name: 'Revoke' }).click();
  await anna.misses(row('importer'));
});

step('the audit log tells all of it, and narrows to one kind', async () => {
  await go('Audit log');
  await anna.sees(row('API token “importer” deleted'), row('Agent “Eva Norén” deactivated'));
  await anna.page.getByLabel('What', { exact: true }).selectOption({ label: 'Team' });
  await anna.sees(row('Team “Repairs” changed'));
  await anna.misses(row('importer'));
});

step('an agent without the admin role reaches labels and their own pages only', async () => {
  const bo = await desk.open(desk.agent('Bo Lindqvist'), '/settings/agents');
  await bo.sees(bo.page.getByText('Settings are for admins'));
  const places = bo.page.getByRole('navigation', { name: 'Settings' });
  await bo.sees(places.getByRole('link', { name: 'Labels' }));
  expect(await places.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
});
