import { afterAll, beforeAll, expect } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const START_MS_MAX = 60_000;

let desk: Desk;
let bo: AgentWindow;
const step = stepsOf(() => desk);

beforeAll(async () => {
  desk = await makeDesk({
    admin: 'Anna Berg',
    teams: ['Support'],
    agents: [{ name: 'Bo Lindqvist', teams: ['Support'] }],
  });
}, START_MS_MAX);

afterAll(() => desk.close());

/** Letters of as many customers; answered when all of them are tickets. */
async function receive(subjects: readonly string[]): Promise<void> {
  for (const subject of subjects) {
    const address = desk.customerAt(subject.toLowerCase().replaceAll(' ', '-'));
    const from = { name: `Customer of ${subject}`, address };
    await desk.write({ from, subject, text: `About ${subject}.` });
  }
  const wanted = new Set(subjects);
  await expect
    .poll(
      async () => {
        const all = await desk.admin.api.list('/tickets?view=new');
        return all.filter(({ subject }) => wanted.has(String(subject))).length;
      },
      { timeout: 20_000 },
    )
    .toBe(subjects.length);
}

const press = async (...keys: string[]) => {
  for (const key of keys) await bo.page.keyboard.press(key);
};
const type = (text: string) => bo.page.keyboard.type(text);
const heading = (name: string) => bo.page.getByRole('heading', { name, level: 1 });
const report = (text: string | RegExp) =>
  bo.page.getByRole('status', { name: 'Reports' }).getByText(text);
/** The page of a ticket, and its owner as the page says it. */
const owned = (who: string) => bo.page.getByText(`Owner: ${who}`);
/** The subject of the ticket that is open, without its number. */
const open = () => bo.page.locator('main h1 .clip').textContent();

const onTicket = (subject: string) => expect.poll(open, { timeout: 15_000 }).toBe(subject);

const SUBJECTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** The newest stands first. */
const IN_ORDER = SUBJECTS.map((name) => `Ticket ${name}`).reverse();
const [first = '', second = '', third = '', fourth = '', fifth = ''] = IN_ORDER;
const [sixth = '', seventh = '', eighth = '', ninth = '', tenth = ''] = IN_ORDER.slice(5);

step('of ten tickets, three are answered, set to pending and solved by keys alone', async () => {
  for (const subject of [...IN_ORDER].reverse()) await receive([subject]);
  bo = await desk.open(desk.agent('Bo Lindqvist'), '/open');
  await bo.sees(heading('Open'));
  await press('g', 'n');
  await bo.sees(heading('New'), bo.ticket('Ticket one'), bo.ticket('Ticket ten'));

  // Claimed, answered, solved without a summary: leads to the next of the list.
  await press('j', 'Enter');
  await onTicket(first);
  await press('m');
  await bo.sees(owned('you'));
  await press('r');
  await bo.page.locator(':focus[aria-label="Your answer"]').waitFor();
  await type('It is on its way.');
  await press('Control+Enter');
  await bo.sees(report(/leaves/));
  await press('Escape', 'e', 'e');
  await onTicket(second);

  // Pending until a date that is typed.
  await press('m');
  await bo.sees(owned('you'));
  await press('h');
  await bo.sees(bo.dialog('Pend until…'));
  await type('in 3 hours');
  await press('Enter');
  await onTicket(third);

  // Solved with a summary.
  await press('m');
  await bo.sees(owned('you'));
  await press('e', 's');
  await bo.sees(bo.dialog('Solve and send summary'));
  await press('Enter');
  await onTicket(fourth);
});

step('others are labelled, solved, solved again after an undo, and given away', async () => {
  // A label, then solved; undone by Z, which shows it again.
  await press('l');
  await bo.page.getByRole('textbox', { name: 'Label' }).waitFor();
  await type('glass');
  await press('Enter');
  await bo.sees(bo.button('Remove glass'));
  await press('e', 'e');
  await onTicket(fifth);
  await press('z');
  await onTicket(fourth);
  await bo.sees(bo.history('reopened it'));
  // The history may be there before the state is.
  await bo.sees(bo.page.getByRole('button', { name: 'Solve', exact: true, expanded: false }));
  await press('e', 'e');
  await onTicket(fifth);

  // Given to a colleague, by a letter of her name.
  await press('a');
  await bo.page.getByRole('menu', { name: 'Owner' }).waitFor();
  await press('b', 'Enter');
  await bo.sees(owned('Anna Berg'));
  await press('j');
  await onTicket(sixth);
});

step('the last are done by the palette and all at once; Open is empty then', async () => {
  // By the palette: a date as it is said, and a word of what is meant.
  await press('m');
  await bo.sees(owned('you'));
  await press('Control+k');
  await type('pend fri');
  await bo.sees(bo.page.getByRole('option', { name: /^Pend until/ }));
  await press('Enter');
  await onTicket(seventh);
  await press('Control+k');
  await type('solve no');
  await bo.sees(bo.page.getByRole('option', { name: /^Solve, no summary/, selected: true }));
  await press('Enter');
  await onTicket(eighth);

  // Back in the list, the last three at once.
  await press('Escape');
  await bo.sees(heading('New'), bo.ticket(eighth), bo.ticket(ninth), bo.ticket(tenth));
  await bo.misses(bo.ticket(seventh));
  await press('j', 'x', 'j', 'j', 'Shift+X');
  await bo.sees(bo.page.getByRole('toolbar', { name: '3 tickets selected' }));
  await press('e', 'e');
  await bo.sees(bo.page.getByText('3 of 3 solved'));

  await press('Escape', 'g', 'o');
  await bo.sees(heading('Open'), bo.page.getByText('Nothing waits for you'));
  expect(bo.errors).toEqual([]);
});

step('many tickets are solved at once, and the refused one says why', async () => {
  const five = ['A', 'B', 'C', 'D', 'E'].map((letter) => `Crate ${letter}`);
  await receive(five);
  const agent = desk.agent('Bo Lindqvist');
  bo = await desk.open(agent, '/login');
  // Without news the list does not learn what a colleague does meanwhile.
  await bo.page.route('**/api/v1/events', (route) => route.abort());
  await bo.page.goto('/new');
  for (const subject of five) await bo.sees(bo.ticket(subject));
  const [{ number } = { number: 0 }] = (await desk.admin.api.list('/tickets?view=new')).filter(
    ({ subject }) => subject === 'Crate C',
  );
  await desk.admin.api.call('POST', `/tickets/${Number(number)}/solve`, { summary: false });
  await press('j', 'x', 'j', 'j', 'j', 'j', 'Shift+X');
  await bo.sees(bo.page.getByRole('toolbar', { name: '5 tickets selected' }));
  await press('e', 'e');
  const results = bo.page.getByRole('region', { name: 'Result per ticket' });
  await bo.sees(results.getByText('4 of 5 solved'), results.getByText(/^Not solved: /));
  expect(await results.getByRole('button', { name: /^Open ticket/ }).count()).toBe(1);
  await press('z');
  await bo.sees(results.getByText('4 tickets are as before'));
  await expect
    .poll(async () => (await desk.admin.api.list('/tickets?view=solved&q=Crate')).length)
    .toBe(1);
});

step('the palette finds tickets and pages, and shows what is refused', async () => {
  bo = await desk.open(desk.agent('Bo Lindqvist'), '/solved');
  await bo.sees(bo.ticket('Ticket seven'));
  await press('Control+k');
  const field = bo.page.getByRole('combobox', { name: 'Commands' });
  await field.waitFor();
  await type('crate c');
  await bo.sees(bo.page.getByRole('option', { name: /^Crate C/, selected: true }));
  await press('Enter');
  await onTicket('Crate C');
  await press('Control+k');
  await type('pend fri');
  const pend = bo.page.getByRole('option', { name: /^Pend until/ });
  await bo.sees(pend.getByText(/^Solved by Anna Berg/));
  await press('Enter');
  await bo.sees(field);
  await press('Escape');
  await bo.misses(field);
  await press('Control+k');
  await type('reminders');
  await press('Enter');
  await bo.sees(heading('Reminders'));
});

step('the map shows the keys, and single ones can be switched off', async () => {
  await press('?');
  const map = bo.dialog('Keyboard');
  await bo.sees(map.getByText('Back to the list'), map.getByText('Ctrl K'));
  await map.getByRole('switch', { name: 'Single keys' }).focus();
  await press('Space', 'Escape');
  await bo.misses(map);
  await press('?', 'Control+/');
  await bo.sees(map);
  expect(await map.getByRole('switch', { name: 'Single keys' }).isChecked()).toBe(false);
});
