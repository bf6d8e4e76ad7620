/** The text that the product started from, second half: a sentence is a test. */
import { afterAll, beforeAll, expect } from 'vitest';

import { isRecord } from '../../cli/demo/desk-client.ts';
import type { AgentWindow } from './agent-window.ts';
import { type Catcher, readCatcher } from './catcher.ts';
import { makeLargeFile } from './large-file.ts';
import { makeTicket, openStaying } from './seed-steps.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const BO = 'Bo Lindqvist';
const NOTE = 'The glassworks knows of this batch.';
const ANSWER = 'A new shade leaves us today.';

let desk: Desk;
let anna: AgentWindow;
let bo: AgentWindow;
let catcher: Catcher;
let catcherWindow: AgentWindow;

beforeAll(async () => {
  const teams = ['Support', 'Billing'];
  desk = await makeDesk({ name: 'seed', teams, agents: [{ name: BO, teams: ['Support'] }] });
  await desk.admin.api.call('PATCH', '/me', { undoSeconds: 0 });
  [anna, bo] = await Promise.all([openStaying(desk, desk.admin), desk.open(desk.agent(BO))]);
  catcherWindow = await desk.catcherWindow();
  catcher = readCatcher(catcherWindow, desk.customer.address);
});

afterAll(() => desk.close());

const sentence = stepsOf(() => desk);

/** Anna's own ticket, open before her. */
async function work(subject: string): Promise<number> {
  const number = await makeTicket(desk, subject, { claim: desk.admin });
  await anna.page.goto(`/tickets/${number}`);
  await anna.sees(anna.page.getByRole('heading', { name: subject, level: 1 }));
  return number;
}

async function solve(choice: string): Promise<void> {
  await anna.button(/^Solve/).click();
  await anna.page.getByRole('menuitem', { name: choice }).click();
}

sentence(
  'Solve ticket - send summary. Solve the ticket and send a summary of the mail conversation to ' +
    'the customers’ email.',
  async () => {
    await work('Solved with a summary');
    await solve('Solve and send summary');
    await anna
      .dialog('Solve and send summary')
      .getByRole('button', { name: 'Solve and send' })
      .click();
    await anna.sees(anna.history('You solved it and sent a summary'));
    await catcher.open('Solved with a summary');
    await catcher.says('Solved with a summary');
  },
);

sentence(
  'Solve ticket - no summary. Solve the ticket and do not send a summary of the mail ' +
    'conversation to the customers’ email.',
  async () => {
    await work('Solved in silence');
    await solve('Solve, no summary');
    await anna.sees(anna.history('You solved it, no summary'));
    expect(await catcher.count('Solved in silence')).toBe(0);
  },
);

sentence(
  'Manage participants. Invite other agents in your company to help you with the ticket.',
  async () => {
    await work('Help is wanted');
    await anna.button('Invite').click();
    await anna.page.getByRole('menuitem', { name: BO }).click();
    await anna.sees(anna.button(`Take ${BO} off`));
  },
);

sentence('The ticket will show up as an open ticket for the invited agent.', async () => {
  await bo.sees(bo.ticket('Help is wanted'));
  await bo.ticket('Help is wanted').click();
  await bo.sees(bo.page.getByText('Owner: Anna Berg'));
});

sentence('Change team. Change what team this ticket belongs to.', async () => {
  await anna.page.getByRole('combobox', { name: 'Team' }).selectOption('Billing');
  await anna.sees(anna.history('moved it to Billing'));
});

sentence(
  'You can tag your tickets with labels that can be used to categorize and structure your tickets.',
  async () => {
    await work('To be labelled');
    await anna.button('Add a label').click();
    await anna.page.getByLabel('Label', { exact: true }).fill('glass');
    await anna.page.keyboard.press('Enter');
    await anna.sees(anna.button('Remove glass'));
    await anna.page.goto('/open?label=glass');
    await anna.sees(anna.ticket('To be labelled'));
    await anna.misses(anna.ticket('Help is wanted'));
  },
);

sentence('Labels can be used to search in the solved tickets view.', async () => {
  await anna.ticket('To be labelled').click();
  await solve('Solve, no summary');
  await anna.sees(anna.history('You solved it, no summary'));
  await anna.page.goto('/solved?label=glass');
  await anna.sees(anna.ticket('To be labelled'));
  await anna.misses(anna.ticket('Solved in silence'));
});

sentence(
  'Set callback date changes the status of the ticket to pending and will remind you when it’s ' +
    'time to get back to this ticket.',
  async () => {
    const number = await work('To be called back');
    await anna.button('Callback date').click();
    const dialog = anna.dialog('Pend until…');
    await dialog.getByLabel('When').fill('in 5 s');
    await dialog.getByRole('button', { name: /^Pend until/ }).click();
    await anna.sees(anna.page.locator('.thead .state').getByText('Pending'));
    await anna.sees(anna.history('Returned to Open by the callback date'));
    const reminders = await desk.admin.api.list('/reminders');
    const ticket = { number, subject: 'To be called back' };
    expect(reminders).toContainEqual(expect.objectContaining({ kind: 'callback', ticket }));
  },
);

async function autoSolveIn(span: string): Promise<void> {
  await anna.button('Auto-solve').click();
  const dialog = anna.dialog('Auto-solve on…');
  await dialog.getByLabel('When').fill(`in ${span}`);
  await dialog.getByRole('button', { name: /^Solve/ }).click();
  await anna.sees(anna.history('set auto-solve for'));
}

sentence(
  'Auto-solve on a date will solve the ticket at a set date if the customer doesn’t respond ' +
    'before that.',
  async () => {
    await work('Solves itself');
    await autoSolveIn('4 s');
    await anna.sees(anna.history('Solved by the auto-solve date'));
    await work('Is answered in time');
    await answer('We wait for you.');
    await autoSolveIn('2 days');
    await catcher.open('Is answered in time');
    await catcher.answer('I am still here.');
    await anna.sees(anna.mail('I am still here.'), anna.history(/Auto-solve .* cancelled/));
    await anna.sees(anna.page.locator('.thead .state').getByText('Open'));
  },
);

/** The editor itself, and not the plain field that takes the typing until it is there. */
const editor = () =>
  anna.page
    .getByRole('textbox', { name: 'Your answer' })
    .and(anna.page.locator('[contenteditable=true]'));

async function answer(text: string): Promise<void> {
  await editor().fill(text);
  await anna.button(/^Send/).first().click();
  await anna.sees(anna.mail(text).filter({ hasText: /Sent \d/ }));
}

sentence(
  'Write a note about the ticket or the customer that can be viewed by other agents in your ' +
    'company.',
  async () => {
    const number = await work('With two notes');
    await anna.button('Note').first().click();
    await anna.page.getByLabel('Your note').fill(NOTE);
    await anna.button('Add note').click();
    await anna.button('Note about the customer').click();
    const about = anna.page.getByRole('textbox', { name: 'Note about the customer' });
    await about.fill('Prefers to be written to.');
    await anna.page.locator('.note-form').getByRole('button', { name: 'Add note' }).click();
    await anna.sees(anna.page.getByText('Prefers to be written to.'));
    await bo.page.goto(`/tickets/${number}`);
    await bo.sees(bo.page.getByText(NOTE).first(), bo.page.getByText('Prefers to be written to.'));
  },
);

sentence('Labels will never be displayed to the customer.', async () => {
  const number = await work('Labelled in secret');
  await desk.admin.api.call('PUT', `/tickets/${number}/labels/troublemaker`, {});
  await desk.admin.api.call('POST', `/tickets/${number}/notes`, { text: NOTE });
  await answer(ANSWER);
  await solve('Solve and send summary');
  await anna
    .dialog('Solve and send summary')
    .getByRole('button', { name: 'Solve and send' })
    .click();
  await anna.sees(anna.history('You solved it and sent a summary'));
  await expect.poll(() => catcher.count('Labelled in secret'), { timeout: 15_000 }).toBe(2);
  await catcher.open('Labelled in secret');
  await catcher.says(ANSWER);
  for (const secret of ['troublemaker', NOTE]) {
    expect(await catcherWindow.page.content()).not.toContain(secret);
  }
});

sentence(
  'Here the agent can respond to the customer by writing their answer and pressing send mail.',
  async () => {
    await work('Waits for an answer');
    await answer('Yes, the lamp is in stock.');
    await catcher.open('Waits for an answer');
    await catcher.says('Yes, the lamp is in stock.');
  },
);

sentence(
  'By pressing canned responses you can view personal or company-wide canned replies.',
  async () => {
    const { api } = desk.admin;
    await api.call('POST', '/canned-responses', { title: 'Of mine', body: 'Mine', personal: true });
    await api.call('POST', '/canned-responses', {
      title: 'Of us all',
      body: 'Hi {{customer.name}}',
    });
    await work('To be answered in few words');
    await anna.button(/Canned$/).click();
    const panel = anna.page.getByRole('region', { name: 'Canned responses' });
    await anna.sees(panel.getByRole('option', { name: /Of mine/ }));
    await panel.getByRole('option', { name: /Of us all/ }).click();
    await anna.sees(editor().getByText(`Hi ${desk.customer.name}`));
  },
);

sentence('KDB answers are answers that exist in your knowledge databases.', async () => {
  const { api } = desk.admin;
  const base = await api.call('POST', '/knowledge-bases', { name: 'Furniture', public: true });
  const knowledgeBase = isRecord(base) ? base['id'] : null;
  const body = 'Let it dry.\n\nOil it thinly.\n\nOnce a year.';
  const article = { knowledgeBase, title: 'Oiled tables', body, published: true };
  await api.call('POST', '/articles', article);
  await work('About a table');
  await anna.button(/Knowledge base$/).click();
  await answers().getByRole('combobox', { name: 'Find an article' }).fill('oiled');
  await anna.sees(answers().getByRole('checkbox', { name: 'Let it dry.' }));
});

const answers = () => anna.page.getByRole('region', { name: 'Answers from the knowledge base' });

sentence(
  'You can view an answer and select parts of it to send to the customer or send out a link to ' +
    'the customer where they can read the whole answer.',
  async () => {
    await answers().getByRole('checkbox', { name: 'Oil it thinly.' }).check();
    await answers().getByRole('button', { name: 'Insert 1 part' }).click();
    await anna.button(/Knowledge base$/).click();
    await answers().getByRole('button', { name: 'Insert the link' }).click();
    await anna.button(/^Send/).first().click();
    await catcher.open('About a table');
    await catcher.says('Oil it thinly.');
    const { page } = catcherWindow;
    const link = page.frameLocator('iframe').getByRole('link', { name: 'Oiled tables' });
    const nobody = await desk.window();
    await nobody.page.goto((await link.getAttribute('href')) ?? '');
    await nobody.sees(nobody.page.getByText('Once a year.'));
  },
);

sentence(
  'Label the ticket with something fitting to categorize and get an overview over issues or ' +
    'subjects.',
  async () => {
    await work('Cracked too');
    await anna.button('Add a label').click();
    await anna.page.getByRole('dialog', { name: 'Add a label' }).getByText('glass').click();
    await anna.sees(anna.button('Remove glass'));
    await anna.page.goto('/search?label=glass');
    await anna.sees(anna.ticket('Cracked too'), anna.ticket('To be labelled'));
  },
);

const files = () => anna.page.getByRole('list', { name: 'Files of this mail' });

sentence(
  'The icon in the bottom right enables you to upload images and some files to share with your ' +
    'customer.',
  async () => {
    await work('To get a guide');
    const buffer = Buffer.from('%PDF-1.4 a guide');
    const guide = { name: 'guide.pdf', mimeType: 'application/pdf', buffer };
    const chooser = anna.page.waitForEvent('filechooser');
    await anna.page.getByRole('button', { name: /^Attach/ }).click();
    await (await chooser).setFiles(guide);
    await anna.sees(files().getByText('guide.pdf'), anna.button('Remove guide.pdf'));
    await answer('Here is the guide.');
    await catcher.open('To get a guide');
    await catcherWindow.sees(catcherWindow.page.getByText('guide.pdf'));
  },
);

sentence('There are size limits and limits of what type of files you can upload.', async () => {
  await work('To get too much');
  const picker = anna.page.getByLabel('Files to upload');
  await picker.setInputFiles(await makeLargeFile('film.mov', 11 * 1_048_576));
  await anna.sees(files().getByText(/is over the limit of/));
  const program = Buffer.from('MZ\x90\x00'.padEnd(512, '\0'), 'latin1');
  await picker.setInputFiles({ name: 'setup.exe', mimeType: 'image/png', buffer: program });
  await anna.sees(files().getByText(/program/i));
});
