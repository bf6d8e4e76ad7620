import { afterAll, beforeAll, expect } from 'vitest';
import { type AgentWindow, signIn } from './agent-window.ts';
import { type Catcher, readCatcher } from './catcher.ts';
import { startRefusingImap } from './refusing-imap.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const BO = 'Bo Lindqvist';
const LAMP = 'The lamp shade is cracked';
const INVOICE = 'An invoice for my company';

const IMAP_CHOICE = 'From an IMAP server, which is read';

const INLINE_FORMS = [
  ['Rename', 'Subject'],
  ['Note about the customer', 'Note about the customer'],
  ['Edit the customer', 'Name'],
] as const;

let desk: Desk;
let admin: AgentWindow;
let bo: AgentWindow;
let customer: AgentWindow;
let catcher: Catcher;

beforeAll(async () => {
  const agents = [{ name: BO, teams: ['Support'] }];
  desk = await makeDesk({ name: 'journey', teams: ['Support', 'Billing'], agents });
  admin = await desk.window();
  bo = await desk.window();
  customer = await desk.catcherWindow();
  catcher = readCatcher(customer, desk.customer.address);
  await signIn(admin, desk.admin);
  await signIn(bo, desk.agent(BO));
});

afterAll(() => desk.close());

const step = stepsOf(() => desk);

const cellar = () => `cellar@${desk.domain}`;

/** The API's path of the ticket that is open in a window. */
function ticketPathOf({ page }: AgentWindow, part: string): string {
  const [, number] = /\/tickets\/(\d+)/.exec(page.url()) ?? [];
  return `/tickets/${number}${part}`;
}

step('an agent stays on a ticket that is done, if so chosen', async () => {
  await admin.button(/^You: /).click();
  await admin.page.getByRole('menuitemradio', { name: 'Stay on the ticket' }).click();
});

step('a mail comes into New while the agent looks', async () => {
  await admin.view('New').click();
  await admin.sees(admin.page.getByText('No new tickets'));
  await desk.write({ subject: LAMP, text: 'The shade arrived with a crack along the edge.' });
  await admin.sees(admin.ticket(LAMP), admin.view('New').filter({ hasText: '1' }));
  await bo.sees(bo.view('New').filter({ hasText: '1' }));
});

step('claimed, it is in the agent’s Open and in nobody’s New', async () => {
  await admin.ticket(LAMP).click();
  await admin.sees(admin.mail('a crack along the edge'));
  await admin.button('Claim').click();
  await admin.sees(admin.page.getByText('Owner: you'), admin.history('You claimed the ticket'));
  await bo.sees(bo.view('New').filter({ hasText: '0' }));
});

step('the others of a customer’s mail are shown, and get the answer unless left out', async () => {
  const timeline = '**/api/v1/tickets/*/timeline*';
  await admin.page.route(timeline, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('"cc":[]', '"cc":["bob@brightmail.test"]');
    await route.fulfill({ response, body });
  });
  await admin.page.reload();
  await admin.sees(admin.mail('a crack along the edge').getByText('Cc: bob@brightmail.test'));
  const cc = admin.page.getByLabel('Cc', { exact: true });
  await admin.sees(cc, admin.button('Remove bob@brightmail.test'));
  await admin.button('Leave out Cc').click();
  await admin.misses(cc);
  await admin.page.unrouteAll({ behavior: 'wait' });
});

step('an answer that is taken back stays in the editor, and none is sent', async () => {
  await admin.button('Send').click();
  const empty = admin.page.getByText('The answer is empty. Write it first.');
  await admin.sees(empty);
  // What others do meanwhile takes nothing of it back.
  await desk.admin.api.call('PUT', ticketPathOf(admin, '/labels/glass'));
  await admin.sees(admin.button('Remove glass'), empty);
  await admin.page.getByLabel('Your answer').fill('I am sending you a new shade today.');
  await admin.misses(empty);
  await admin.button('Send').click();
  // Told once, by the report, which stands beside the editor and not on it.
  await admin.sees(admin.button('Undo'), admin.mail('a new shade today').getByText('Not sent yet'));
  expect(await admin.page.getByText(/Take back|Mail leaves/).count()).toBe(0);
  const report = await admin.page.getByRole('status', { name: 'Reports' }).boundingBox();
  const editor = await admin.page.getByRole('form', { name: 'Answer' }).boundingBox();
  expect((report?.x ?? NaN) + (report?.width ?? NaN)).toBeLessThanOrEqual(editor?.x ?? NaN);
  await admin.button('Undo').click();
  await admin.sees(admin.page.getByText('Not sent. Your answer is in the editor again.'));
  await admin.sees(admin.page.getByLabel('Your answer').getByText('a new shade today'));
  expect(await catcher.count('cracked')).toBe(0);
});

step('an answer that is not taken back reaches the customer', async () => {
  await admin.button('Send').click();
  await admin.sees(admin.mail('a new shade today').filter({ hasText: /Sent \d/ }));
  await catcher.open(LAMP);
  await catcher.says('I am sending you a new shade today.');
  expect(await catcher.count('cracked')).toBe(1);
});

step('pending with a reason, it comes back on its date with a reminder', async () => {
  await admin.button(/^Pend…/).click();
  const dialog = admin.dialog('Pend until…');
  await dialog.getByLabel('When').fill('in 6 seconds');
  await dialog.getByLabel('Reason').fill('Waiting for the supplier');
  await dialog.getByRole('button', { name: /^Pend until/ }).click();
  await admin.sees(admin.history('pending until'), admin.view('Pending').filter({ hasText: '1' }));
  await admin.sees(admin.history('Returned to Open by the callback date'));
  await admin.button('Reminders, 1 not done').click();
  const bell = admin.dialog('Reminders');
  await admin.sees(bell.getByText('Waiting for the supplier'), bell.getByText(LAMP));
  await bell.getByRole('button', { name: /^Done/ }).click();
  await admin.sees(admin.page.getByText('No reminders'));
  await admin.page.keyboard.press('Escape');
});

step('a note and a label are for agents', async () => {
  await admin.page.getByRole('tab', { name: 'Note' }).click();
  await admin.page.getByLabel('Your note').fill('The supplier knows of this batch.');
  await admin.button('Add note').click();
  const note = admin.page.getByRole('region', { name: 'Internal note by Anna Berg' });
  await admin.sees(note.getByText('The supplier knows of this batch.'));
  await admin.page.getByRole('tab', { name: 'Reply' }).click();
  await admin.button('Add a label').click();
  await admin.dialog('Add a label').getByLabel('Label').fill('lamp');
  await admin.page.keyboard.press('Enter');
  await admin.sees(admin.button('Remove lamp'), admin.history('added the label lamp'));
});

step('an invited agent sees it in Open at once', async () => {
  await bo.sees(bo.page.getByText('Nothing waits for you'));
  await admin.button('Invite').click();
  await admin.page.getByRole('menuitem', { name: BO }).click();
  await admin.sees(admin.button(`Take ${BO} off`));
  await bo.sees(bo.ticket(LAMP), bo.button('Reminders, 1 not done'));
});

step('it moves to another team', async () => {
  await admin.page.getByRole('combobox', { name: 'Team' }).selectOption('Billing');
  await admin.sees(admin.history('moved it to Billing'));
});

step('a callback is cancelled where it is listed, and an auto-solve date is set', async () => {
  await admin.button('Callback date').click();
  await admin.dialog('Pend until…').getByLabel('When').fill('in 3 days');
  await admin
    .dialog('Pend until…')
    .getByRole('button', { name: /^Pend until/ })
    .click();
  const next = admin.page.getByRole('list', { name: 'What happens next' });
  await admin.sees(next.getByText(/^Returns to Open/));
  await admin.button('Cancel the callback').click();
  await admin.sees(
    next.getByText(/^Cancelled \d\d:\d\d by you/),
    admin.page.getByText('Owner: you'),
  );
  await admin.button('Auto-solve').click();
  await admin.dialog('Auto-solve on…').getByLabel('When').fill('in 2 days');
  await admin
    .dialog('Auto-solve on…')
    .getByRole('button', { name: /^Solve/ })
    .click();
  await admin.sees(next.getByText(/^Solves/), admin.history('set auto-solve for'));
});

step('solved with a summary, the customer gets the conversation and no note', async () => {
  await admin.button(/^Solve/).click();
  await admin.page.getByRole('menuitem', { name: 'Solve and send summary' }).click();
  const preview = admin.dialog('Solve and send summary');
  await admin.sees(preview.getByText(/Notes, labels and history are not in it/));
  const solved = /equest \d+ has been solved. Here is what was written/;
  await admin.sees(preview.getByText(solved));
  await admin.button('Solve and send').click();
  await admin.sees(admin.button('Reopen').first(), admin.page.getByText(/Cancelled with it/));
  await admin.sees(admin.history('solved it and sent a summary'));
  await catcher.open('automatic');
  await catcher.says(solved);
  await catcher.says('I am sending you a new shade today.');
  expect(await customer.page.content()).not.toContain('knows of this batch');
});

step(
  'the customer answers, and the solved ticket is open again before the agent’s eyes',
  async () => {
    await catcher.answer('It came, and it is cracked again.');
    await admin.sees(
      admin.mail('It came, and it is cracked again.'),
      admin.history('Returned to Open, because Eleanor Hughes wrote'),
      admin.page.getByText('Owner: you'),
    );
  },
);

step('an auto-solve date solves it without a summary', async () => {
  await admin.button('Auto-solve').click();
  await admin.dialog('Auto-solve on…').getByLabel('When').fill('in 5 s');
  await admin
    .dialog('Auto-solve on…')
    .getByRole('button', { name: /^Solve/ })
    .click();
  await admin.sees(admin.history('Solved by the auto-solve date'));
  expect(await catcher.count('automatic')).toBe(1);
});

step('a composed mail is an open ticket of its writer', async () => {
  await admin.page.getByRole('link', { name: 'Compose' }).click();
  const form = admin.page.getByRole('form', { name: 'New mail' });
  await form.getByLabel('To', { exact: true }).fill(desk.customerAt('carla'));
  await form.getByLabel('Subject').fill('Your new shade');
  await form.getByLabel('Mail', { exact: true }).fill('It left our house this morning.');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await admin.sees(admin.mail('It left our house this morning.').filter({ hasText: /Sent \d/ }));
  await admin.sees(admin.page.getByText('Owner: you'));
  const carla = readCatcher(customer, desk.customerAt('carla'));
  await carla.open('Your new shade');
  await carla.says('It left our house this morning.');
});

step('of two who claim at once one is told who was first', async () => {
  await admin.view('New').click();
  await desk.write({ subject: INVOICE, text: 'Can I have an invoice with our VAT number?' });
  await admin.ticket(INVOICE).click();
  await bo.view('New').click();
  await bo.ticket(INVOICE).click();
  const claims = '**/api/v1/tickets/*/claim';
  await admin.page.route(claims, async (route) => {
    // The page shows its owner before the server has agreed.
    await Promise.all([bo.page.waitForResponse(claims), bo.button('Claim').click()]);
    await route.continue();
  });
  await admin.button('Claim').click();
  const conflict = admin.dialog('Bo Lindqvist claimed this before you');
  await admin.sees(conflict.getByText('Nothing was sent.'));
  expect(await conflict.getByText('What you wrote').count()).toBe(0);
  await conflict.getByRole('button', { name: 'Leave it to Bo' }).click();
  await admin.page.unrouteAll({ behavior: 'wait' });
  await admin.sees(admin.page.getByText('Owner: Bo Lindqvist'));
  await admin.button('Take over').click();
  await admin.sees(admin.page.getByText('Owner: you'));
  await bo.sees(bo.page.getByText('Owner: Anna Berg'));
});

step('the customer’s name is corrected, and earlier tickets are read in place', async () => {
  // Each form within the page has the focus while it is open, so that no letter is a shortcut.
  for (const [opener, field] of INLINE_FORMS) {
    await admin.button(opener).click();
    await admin.page.keyboard.type('he');
    expect(await admin.page.getByLabel(field, { exact: true }).inputValue()).toContain('he');
    await admin.button('Cancel').click();
    await admin.sees(admin.button(opener).and(admin.page.locator(':focus')));
  }
  expect(await admin.page.getByRole('dialog').count()).toBe(0);
  await admin.button('Edit the customer').click();
  const form = admin.page.getByRole('form', { name: 'Edit the customer' });
  await form.getByLabel('Name').fill('Eleanor Hughes-Lind');
  await form.getByRole('button', { name: 'Save' }).click();
  await admin.sees(admin.page.getByText('Eleanor Hughes-Lind').first());
  const earlier = admin.page.getByRole('group', { name: 'Earlier tickets' });
  await earlier.getByText(LAMP).click();
  await admin.sees(earlier.getByText('a crack along the edge'));
});

step('a solved ticket is found by words of its mails', async () => {
  await admin.view('Solved').click();
  await admin.sees(admin.ticket(LAMP));
  await admin.page.keyboard.press('/');
  await admin.page.keyboard.type('no such words anywhere');
  const search = admin.page.getByLabel('Search in this list');
  expect(await search.inputValue()).toBe('no such words anywhere');
  await admin.page.keyboard.press('Enter');
  await admin.misses(admin.ticket(LAMP));
  await admin.page.getByLabel('Search in this list').fill('crack along');
  await admin.page.keyboard.press('Enter');
  await admin.sees(admin.ticket(LAMP));
});

step('a ticket’s number stands in its row, and finds it', async () => {
  const link = admin.page.getByRole('link', { name: LAMP });
  const row = admin.page.getByRole('listitem').filter({ has: link });
  const number = (await row.getByText(/^#\d+$/).textContent()) ?? '';
  await admin.page.getByLabel('Search in this list').fill('no such words anywhere');
  await admin.page.keyboard.press('Enter');
  await admin.misses(admin.ticket(LAMP));
  await admin.page.getByLabel('Search in this list').fill(number);
  await admin.page.keyboard.press('Enter');
  await admin.sees(admin.ticket(LAMP));
});

step('a mail that comes while its list is being loaded is in the list', async () => {
  const lists = /\/api\/v1\/tickets\?.*view=new/;
  let letGo = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (letGo = resolve));
  let asked = 0;
  await admin.view('Open').click();
  await admin.page.route(lists, async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    const response = await route.fetch();
    await arrived;
    return route.fulfill({ response });
  });
  await admin.view('New').click();
  await expect.poll(() => asked).toBeGreaterThan(0);
  await desk.write({ subject: 'A vase for the lamp', text: 'Is there one that fits?' });
  await admin.sees(admin.view('New').filter({ hasText: '1' }));
  letGo();
  await admin.sees(admin.ticket('A vase for the lamp'));
  await admin.page.unrouteAll({ behavior: 'wait' });
});

step('an admin makes a mailbox, tests it and reads the exact fault; an agent may not', async () => {
  const imap = await startRefusingImap('Wrong password, says the cellar');
  await admin.button(/^You: /).click();
  await admin.page.getByRole('menuitem', { name: 'Settings' }).click();
  await admin.page.getByRole('link', { name: 'Mailboxes' }).click();
  await admin.sees(admin.page.getByRole('cell', { name: desk.mailbox.address }));
  await admin.page.getByRole('link', { name: 'New mailbox' }).click();
  const form = admin.page.getByRole('form', { name: 'New mailbox' });
  await form.getByLabel('Address', { exact: true }).fill(cellar());
  await form.getByLabel('How mail comes in').selectOption({ label: IMAP_CHOICE });
  await form.getByLabel('Host').fill('127.0.0.1');
  await form.getByLabel('Port', { exact: true }).fill('many');
  await form.getByLabel('Encryption').selectOption('none');
  await form.getByLabel('Password').fill('not this one');
  await admin.page.getByRole('link', { name: 'To the mailboxes' }).click();
  await admin.dialog('Leave without saving?').getByRole('button', { name: 'Stay here' }).click();
  await form.getByRole('button', { name: 'Make the mailbox' }).click();
  await admin.sees(form.getByText('It must be integer'));
  await form.getByLabel('Port', { exact: true }).fill(String(imap.port));
  await form.getByRole('button', { name: 'Make the mailbox' }).click();
  await admin.button(`Test ${cellar()}`).click();
  const found = admin.page.getByRole('region', { name: `Test of ${cellar()}` });
  await admin.sees(
    found.getByText('Reading fails: login refused'),
    found.getByText('Connection: works'),
    found.getByText('The server refuses the login: Wrong password, says the cellar'),
  );
  await admin.sees(admin.page.getByText('Failing: login refused'));
  await imap.stop();
  await admin.button(`Test ${cellar()}`).click();
  await admin.sees(found.getByText(`127.0.0.1:${imap.port}: nothing listens at this port`));
  await admin.page.getByRole('link', { name: `Edit ${cellar()}` }).click();
  const edit = admin.page.getByRole('form', { name: cellar() });
  await admin.sees(edit.getByText('Kept, sealed. Type to replace it.'));
  await edit.getByLabel('Host').fill('localhost');
  await edit.getByRole('button', { name: 'Save' }).click();
  await admin.sees(edit.getByText('incoming.host changes to "localhost": give the password'));
  await edit.getByLabel('Host').fill('127.0.0.1');
  await edit.getByLabel('Name', { exact: true }).fill('The cellar');
  await edit.getByRole('button', { name: 'Save' }).click();
  await admin.sees(admin.page.getByRole('link', { name: 'The cellar' }));
  await bo.page.goto('/settings/mailboxes');
  await bo.sees(bo.page.getByText('Settings are for admins'));
});

step('a mail is composed from the mailbox that the form shows', async () => {
  await admin.page.getByRole('link', { name: 'Compose' }).click();
  const form = admin.page.getByRole('form', { name: 'New mail' });
  const chosen = form.getByLabel('From').locator('option:checked');
  await expect.poll(() => chosen.textContent()).toBe(cellar());
  await form.getByLabel('To', { exact: true }).fill(desk.customerAt('carla'));
  await form.getByLabel('Subject').fill('From the cellar');
  await form.getByLabel('Mail', { exact: true }).fill('It is dark here.');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await admin.sees(admin.mail('It is dark here.'));
  const ticket = await desk.admin.api.call('GET', ticketPathOf(admin, ''));
  expect(ticket).toMatchObject({ mailbox: { address: cellar() } });
});

step('no page has met an error of its own', async () => {
  expect([...admin.errors, ...bo.errors]).toEqual([]);
});
