import { afterAll, beforeAll, expect } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const START_MS_MAX = 60_000;

let desk: Desk;
let bo: AgentWindow;
let dana: AgentWindow;
const step = stepsOf(() => desk);

beforeAll(async () => {
  desk = await makeDesk({ agents: ['Bo Lindqvist', 'Dana Novak'] });
}, START_MS_MAX);

afterAll(() => desk.close());

let received = 0;

/** A letter of a customer of its own; tickets get their numbers in this order. */
async function receive(subject: string, text: string): Promise<void> {
  received += 1;
  const from = { name: `Customer ${received}`, address: desk.customerAt(`customer-${received}`) };
  await desk.write({ from, subject, text });
  const count = async () => (await desk.admin.api.list('/tickets?view=new')).length;
  await expect.poll(count, { timeout: 20_000 }).toBe(received);
}

const press = async (...keys: string[]) => {
  for (const key of keys) await bo.page.keyboard.press(key);
};
const type = (text: string) => bo.page.keyboard.type(text);
const subjects = ({ page }: AgentWindow) =>
  page
    .getByRole('list', { name: /tickets$/ })
    .locator('.subj')
    .allTextContents();
const shows = (window: AgentWindow, ...wanted: string[]) =>
  expect.poll(() => subjects(window), { timeout: 15_000 }).toEqual(wanted);
const chip = (words: string) => bo.page.getByRole('group', { name: words, exact: true });
const field = (name: string) => bo.page.getByRole('combobox', { name, exact: true });
const saved = ({ page }: AgentWindow, name: string) =>
  page.getByRole('group', { name: 'Saved views' }).getByRole('link', { name, exact: true });
const address = (window: AgentWindow) => {
  const { pathname, search } = new URL(window.page.url());
  return pathname + search;
};

step('a list is narrowed by the F menu, and a chip says to what', async () => {
  await receive('Lamp arrived cracked', 'The glass is in two pieces.');
  await receive('Table top feels rough', 'I oiled it as the booklet says.');
  await receive('Screws of the shelf', 'Bag C holds eight short ones.');
  const { api } = desk.admin;
  await api.call('POST', '/labels', { name: 'damaged' });
  await api.call('PUT', '/tickets/1/labels/damaged');
  await api.call('PUT', '/tickets/2/labels/damaged');
  await api.call('POST', '/labels', { name: 'parts' });
  await api.call('PUT', '/tickets/1/labels/parts');
  bo = await desk.open(desk.agent('Bo Lindqvist'), '/new');
  await shows(bo, 'Screws of the shelf', 'Table top feels rough', 'Lamp arrived cracked');
  await press('f');
  await bo.sees(bo.dialog('Filter by…'));
  await press('Enter');
  await bo.sees(field('Label'));
  await type('dam');
  await press('Enter');
  await bo.sees(chip('Label is damaged'));
  await shows(bo, 'Table top feels rough', 'Lamp arrived cracked');

  await press('f');
  await field('Filter by…').waitFor();
  await type('label:par');
  await press('Enter');
  await bo.sees(chip('Label is parts'));
  await shows(bo, 'Lamp arrived cracked');
});

step('its address shows another agent the same list', async () => {
  dana = await desk.open(desk.agent('Dana Novak'), address(bo));
  await shows(dana, 'Lamp arrived cracked');
  await dana.sees(dana.page.getByRole('group', { name: 'Label is parts', exact: true }));
});

step('Backspace takes the last chip away, and the way back brings it again', async () => {
  await press('f');
  await field('Filter by…').waitFor();
  await press('Backspace');
  await bo.misses(chip('Label is parts'));
  await shows(bo, 'Table top feels rough', 'Lamp arrived cracked');
  await press('Escape');
  await bo.page.goBack();
  await bo.sees(chip('Label is parts'));
  await shows(bo, 'Lamp arrived cracked');

  await bo.button('Remove Label is parts').focus();
  await press('Backspace');
  await shows(bo, 'Table top feels rough', 'Lamp arrived cracked');
  await expect.poll(() => bo.page.locator('.fadd:focus').count()).toBe(1);
  await bo.button('Clear').click();
  await shows(bo, 'Screws of the shelf', 'Table top feels rough', 'Lamp arrived cracked');
});

step('search finds words, numbers, and what a chip says', async () => {
  await press('/');
  await expect.poll(() => address(bo)).toBe('/search');
  const search = field('Search everywhere');
  await search.fill('oiled');
  await search.press('Enter');
  await shows(bo, 'Table top feels rough');
  await expect.poll(() => address(bo)).toBe('/search?q=oiled');
  await search.fill('#1');
  await search.press('Enter');
  await shows(bo, 'Lamp arrived cracked');
  // Addresses with this digit may be found too, but after the ticket of this number.
  await search.fill('2');
  await search.press('Enter');
  await expect
    .poll(async () => (await subjects(bo))[0], { timeout: 15_000 })
    .toBe('Table top feels rough');

  await search.fill('');
  await search.pressSequentially('label:dam');
  await bo.page.getByRole('option', { name: 'damaged' }).waitFor();
  await press('ArrowDown', 'Enter');
  await bo.sees(chip('Label is damaged'));
  await shows(bo, 'Table top feels rough', 'Lamp arrived cracked');
});

step('what finds nothing offers to look for less', async () => {
  const search = field('Search everywhere');
  await search.fill('glass balloon');
  await search.press('Enter');
  await bo.sees(bo.page.getByRole('heading', { name: 'No ticket has “glass balloon”' }));
  await bo.sees(bo.page.getByRole('link', { name: 'Without filters' }));
  await bo.page.getByRole('link', { name: 'Search “glass”' }).click();
  await shows(bo, 'Lamp arrived cracked');
  await expect.poll(() => search.inputValue()).toBe('glass');
});

/** Saves the list that Bo looks at. */
async function save(name: string, shared: boolean): Promise<void> {
  await bo.button('Save as view').click();
  const dialog = bo.dialog('Save this view');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  if (shared) await dialog.getByText('Share with the company').click();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await bo.sees(saved(bo, name));
}

step('a saved view stands in the menu with its count; a shared one for everybody', async () => {
  const label = (await desk.admin.api.list('/labels')).find(({ name }) => name === 'damaged');
  await bo.page.goto(`/new?label=${label?.id ?? ''}`);
  await save('Damaged goods', true);
  await expect.poll(() => saved(bo, 'Damaged goods').textContent()).toMatch(/Damaged goods\s*2/);
  await bo.page.goto('/search?q=oiled');
  await save('Only mine', false);

  await dana.page.goto('/open');
  await saved(dana, 'Damaged goods').click();
  await shows(dana, 'Table top feels rough', 'Lamp arrived cracked');
  expect(await saved(dana, 'Only mine').count()).toBe(0);
  // Whose it is not may read why it cannot be changed.
  await dana.button('Damaged goods').click();
  const rename = dana.page.getByRole('menuitem', { name: /^Rename or share/ });
  await expect.poll(() => rename.textContent()).toContain('Bo Lindqvist shared it');
});

step('it is renamed, deleted, and brought back by Undo', async () => {
  await bo.button('Only mine').click();
  await bo.page.getByRole('menuitem', { name: 'Rename or share…' }).click();
  const dialog = bo.dialog('Rename or share');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Oil questions');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await bo.sees(saved(bo, 'Oil questions'));
  expect(await saved(bo, 'Only mine').count()).toBe(0);

  await bo.button('Oil questions').click();
  await bo.page.getByRole('menuitem', { name: /^Delete this view/ }).click();
  await bo.sees(bo.page.getByText('“Oil questions” is deleted'));
  await bo.misses(saved(bo, 'Oil questions'));
  await bo.button('Undo').click();
  await saved(bo, 'Oil questions').click();
  await shows(bo, 'Table top feels rough');
});

step('compact rows are lower, and stay so in this browser', async () => {
  await dana.page.goto('/new');
  const row = dana.page.getByRole('list', { name: 'New tickets' }).getByRole('listitem').first();
  const height = async () => (await row.boundingBox())?.height;
  await expect.poll(height).toBe(44);
  await dana.button('Row height').click();
  await dana.page.getByRole('menuitemradio', { name: 'Compact rows' }).click();
  await expect.poll(height).toBe(36);
  await dana.page.reload();
  await expect.poll(height).toBe(36);
});

step('a list that comes late is sketched until it is there', async () => {
  const { page } = dana;
  const sketch = page.locator('main [aria-busy=true]').getByText('Loading…');
  let answer = () => {};
  await page.route(/\/api\/v1\/tickets\?.*view=pending/, async (route) => {
    await new Promise<void>((resolve) => (answer = resolve));
    await route.continue();
  });
  await dana.view('Pending').click();
  await sketch.waitFor({ state: 'attached' });
  answer();
  await dana.sees(page.getByRole('heading', { name: 'Nothing is on hold' }));
  expect(await sketch.count()).toBe(0);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

step('an empty Open says what there is to do instead', async () => {
  await dana.page.goto('/open');
  await dana.sees(dana.page.getByText('3 new tickets have no owner.'));
  await dana.page.getByRole('link', { name: 'Go to New' }).click();
  await shows(dana, 'Screws of the shelf', 'Table top feels rough', 'Lamp arrived cracked');
  expect(bo.errors).toEqual([]);
  expect(dana.errors).toEqual([]);
});
