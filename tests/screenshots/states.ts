import type { Page, Route } from 'playwright-core';
import { type DeskClient, isRecord } from '../../cli/demo/desk-client.ts';
import type { ConsolePage, Places } from '../browser/console-pages.ts';
import { HARD } from './fill-troubles.ts';

/** What a state is made with. */
export interface Stage {
  api: DeskClient;
  bo: DeskClient;
  places: Places;
  /** A ticket by its subject, null when it is not there. */
  numbers: ReadonlyMap<string, number>;
  /** Paths of things that are found by an id: an article, a mailbox, an invitation. */
  paths: Readonly<Record<'article' | 'help' | 'mailbox' | 'canned' | 'invitation', string | null>>;
}

/** A state that is worth a picture, and takes more to reach than a page of the console. */
export interface State extends Pick<ConsolePage, 'name' | 'nobody' | 'onlyOn'> {
  path: (stage: Stage) => string | null;
  show?: (page: Page, stage: Stage) => Promise<void>;
  /** Before the page is loaded. */
  before?: (page: Page, stage: Stage) => Promise<void>;
  /** What the browser may say of it: the state is a refusal. */
  complains?: true;
}

const on = (subject: string, rest = '') => {
  return ({ numbers }: Stage) =>
    numbers.has(subject) ? `/tickets/${numbers.get(subject)}${rest}` : null;
};
const at = (path: string) => () => path;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const click = (name: string | RegExp) => async (page: Page) => button(page, name).click();
const dialogBy = (name: string | RegExp) => async (page: Page) => {
  await button(page, name).click();
  await page.getByRole('dialog').first().waitFor();
};

const refuse = (status: number, code: string, detail: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'about:blank', title: code, status, detail, code }),
  });

const editorOf = (page: Page) =>
  page.getByRole('textbox', { name: 'Your answer' }).and(page.locator('[contenteditable=true]'));

async function write(page: Page, words: string): Promise<void> {
  await editorOf(page).click();
  await editorOf(page).fill(words);
}

/** Tickets with something the matter, or a lot of it. */
const CONVERSATIONS: State[] = [
  { name: 'mail-refused', path: on(HARD.refused) },
  { name: 'mail-bounced', path: on(HARD.bounced) },
  { name: 'mail-uncertain', path: on(HARD.uncertain) },
  { name: 'mail-deferred', path: on(HARD.deferred) },
  { name: 'mail-images-blocked', path: on(HARD.newsletter) },
  { name: 'mail-wide', path: on(HARD.wide) },
  { name: 'mail-files', path: on(HARD.photos) },
  { name: 'conversation-long', path: on(HARD.long) },
  { name: 'names-long', path: on(HARD.endless) },
  { name: 'names-long-details', path: on(HARD.endless, '#details') },
  {
    name: 'presence-typing',
    path: on(HARD.long),
    show: async (page, { bo, numbers }) => {
      const number = numbers.get(HARD.long);
      await bo.call('PUT', `/tickets/${number}/presence`, { doing: 'typing' });
      await page.getByText(/^Bo /).first().waitFor();
    },
  },
  {
    name: 'presence-in-list',
    path: at('/open'),
    onlyOn: 'desktop',
    show: async (page, { bo, numbers }) => {
      const number = numbers.get(HARD.endless);
      await bo.call('PUT', `/tickets/${number}/presence`, { doing: 'noting' });
      await page.locator('.readers').first().waitFor();
    },
  },
];

const WRITING: State[] = [
  {
    name: 'send-menu',
    path: on(HARD.long),
    show: async (page) => {
      await write(page, 'Oak it is.');
      await button(page, 'More ways to send').click();
    },
  },
  {
    name: 'undo-toast',
    path: on(HARD.photos),
    show: async (page) => {
      await write(page, 'Tack för bilderna!');
      await page.locator('form').getByRole('button', { name: 'Send', exact: true }).click();
      await button(page, 'Undo').waitFor();
    },
  },
  {
    name: 'not-sent',
    path: on(HARD.long),
    complains: true,
    show: async (page) => {
      await page.route('**/reply', refuse(409, 'news', 'Lina wrote meanwhile.'));
      await write(page, 'Oak it is.');
      await page.locator('form').getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  {
    name: 'not-available',
    path: on(HARD.long),
    complains: true,
    show: async (page) => {
      await page.route('**/reply', refuse(503, 'unavailable', 'Temporal is away.'));
      await write(page, 'Oak it is.');
      await page.locator('form').getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText(/Nothing is lost/).waitFor();
    },
  },
  {
    name: 'canned-panel',
    path: on(HARD.long),
    show: async (page) => {
      await editorOf(page).fill('');
      await editorOf(page).press('/');
      await page.getByText('Yours', { exact: true }).waitFor();
    },
  },
  {
    name: 'compose-written',
    path: at('/compose'),
    show: async (page) => {
      await page.getByLabel('To', { exact: true }).fill('lina');
      await page.getByRole('listbox').waitFor();
    },
  },
];

/** What opens beside the conversation. */
const PANEL: State[] = [
  { name: 'customer-edit', path: on(HARD.endless, '#details'), show: click('Edit the customer') },
  {
    name: 'customer-merge',
    path: on(HARD.endless, '#details'),
    show: async (page) => {
      await button(page, 'Edit the customer').click();
      await button(page, /^This is the same person/).click();
      await page.getByRole('textbox', { name: 'Name or address of the other' }).fill('lina');
      await button(page, /^Lina Wallin/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'solve-menu',
    path: on(HARD.long, '#details'),
    show: click(/^Solve/),
  },
  {
    name: 'summary-preview',
    path: on(HARD.long, '#details'),
    show: async (page) => {
      await button(page, /^Solve/).click();
      await page.getByRole('menuitem', { name: /^Solve and send summary/ }).click();
      await page.getByText('Writing the summary…').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'when-dialog',
    path: on(HARD.long, '#details'),
    show: async (page) => {
      await button(page, 'Callback date').click();
      await page.getByLabel('When').fill('friday 9');
    },
  },
  {
    name: 'label-pick',
    path: on(HARD.endless, '#details'),
    show: click('Add a label'),
  },
];

const LISTS: State[] = [
  {
    name: 'bulk-bar',
    path: at('/open'),
    onlyOn: 'desktop',
    show: async (page) => select(page, 3),
  },
  {
    name: 'bulk-result',
    path: at('/open'),
    onlyOn: 'desktop',
    complains: true,
    show: async (page, { numbers }) => {
      const refused = `**/tickets/${numbers.get(HARD.endless)}/labels/*`;
      await page.route(refused, refuse(409, 'not_allowed', 'It is solved; reopen it first.'));
      await select(page, 4);
      await page.keyboard.press('l');
      await page.keyboard.type('order');
      await page.keyboard.press('Enter');
      await page.getByText(/ of 4 labelled/).waitFor();
    },
  },
  { name: 'filter-menu', path: at('/search'), show: click(/^Filter/) },
  {
    name: 'filter-days',
    path: at('/search?label=damaged&turn=ours&createdFrom=2026-01-01'),
    show: async (page) => {
      await button(page, /^Filter/).click();
      await page.getByRole('option', { name: 'Last message' }).click();
    },
  },
  {
    name: 'search-typed',
    path: at('/search'),
    show: async (page) => {
      await page.getByRole('combobox').first().fill('dam');
      await page.getByRole('listbox').waitFor();
    },
  },
  { name: 'save-view', path: at('/open?label=damaged'), show: dialogBy('Save as view') },
  { name: 'saved-view', path: at('/search?label=damaged'), show: click('Damaged goods') },
  {
    name: 'offline',
    path: at('/open'),
    complains: true,
    show: async (page) => {
      await page.context().setOffline(true);
      await page.getByText('No connection. Drafts are kept here.').waitFor();
    },
  },
  {
    name: 'attach-dialog',
    path: at('/parked'),
    show: async (page) => {
      await dialogBy(/^Attach to a ticket/)(page);
      await page.getByRole('dialog').getByRole('textbox').fill('lamp');
    },
  },
  { name: 'parked-read', path: at('/parked'), show: click('Read') },
  { name: 'resend-dialog', path: at('/sending-problems'), show: dialogBy(/^Resend/) },
  {
    name: 'session-ended',
    path: at('/open'),
    complains: true,
    show: async (page) => {
      await page.route('**/api/v1/**', refuse(401, 'not_signed_in', 'Sign in.'));
      await page.getByRole('link', { name: /^New/ }).first().click();
      await page.getByLabel('E-mail').waitFor();
    },
  },
  {
    name: 'list-failed',
    path: at('/team'),
    complains: true,
    before: async (page) => {
      await page.route('**/api/v1/tickets?*', refuse(500, 'internal', 'Something is broken.'));
    },
  },
];

async function select(page: Page, count: number): Promise<void> {
  const boxes = page.getByRole('checkbox', { name: /^Select ticket/ });
  for (let place = 0; place < count; place += 1) await boxes.nth(place).check({ force: true });
}

const SETTINGS: State[] = [
  { name: 'invitation-open', path: ({ paths }) => paths.invitation, nobody: true },
  { name: 'help-home', path: at('/help/acme'), nobody: true },
  { name: 'help-search', path: at('/help/acme?q=broken%20glass'), nobody: true },
  { name: 'help-search-nothing', path: at('/help/acme?q=xyzzy'), nobody: true },
  { name: 'help-article', path: ({ paths }) => paths.help, nobody: true },
  { name: 'help-missing', path: at('/help/acme/none'), nobody: true, complains: true },
  { name: 'article-edit', path: ({ paths }) => paths.article },
  {
    name: 'article-versions',
    path: ({ paths }) => paths.article,
    show: async (page) => {
      const field = page.getByLabel('Text', { exact: true });
      await field.fill(`We changed this.\n\n${await field.inputValue()}`);
      await page.getByRole('button', { name: 'Versions' }).click();
      await page.getByRole('button', { name: /^Version 1/ }).click();
      await page.getByRole('insertion').first().waitFor();
    },
  },
  {
    name: 'knowledge-base-change',
    path: at('/knowledge-base'),
    show: dialogBy(/^Change “/),
  },
  { name: 'canned-edit', path: ({ paths }) => paths.canned },
  { name: 'mailbox-edit', path: ({ paths }) => paths.mailbox },
  {
    name: 'mailbox-tested',
    path: at('/settings/mailboxes'),
    show: async (page) => {
      await page.getByRole('button', { name: /^Test/ }).last().click();
      await page.locator('.test-result .typing').waitFor({ state: 'detached' });
    },
  },
  { name: 'agent-invite', path: at('/settings/agents'), show: dialogBy('Invite an agent') },
  { name: 'agent-off', path: at('/settings/agents'), show: dialogBy(/^Deactivate Bo/) },
  { name: 'team-edit', path: at('/settings/teams'), show: dialogBy(/^Edit/) },
  { name: 'label-delete', path: at('/settings/labels'), show: dialogBy(/^Delete/) },
  { name: 'token-new', path: at('/settings/tokens'), show: dialogBy('New token') },
];

export const STATES: readonly State[] = [
  ...CONVERSATIONS,
  ...WRITING,
  ...PANEL,
  ...LISTS,
  ...SETTINGS,
];

/** Finds what the states are about. */
export async function findStage(
  api: DeskClient,
  { bo, places, company }: Pick<Stage, 'bo' | 'places'> & { company: string },
): Promise<Stage> {
  const tickets = [...(await api.list('/tickets')), ...(await api.list('/tickets?view=solved'))];
  const numbers = new Map(
    tickets.map(({ subject, number }) => [String(subject), Number(number)] as const),
  );
  const firstOf = async (path: string) => (await api.list(path)).at(0)?.id ?? null;
  const under = (path: string, id: string | null) => (id === null ? null : `${path}/${id}`);
  const article = await firstOf('/articles');
  const boxes = await api.list('/mailboxes');
  const paths = {
    article: under('/knowledge-base', article),
    help: under(`/help/${company}`, article),
    mailbox: under('/settings/mailboxes', boxes.at(-1)?.id ?? null),
    canned: under('/settings/canned', await firstOf('/canned-responses')),
    invitation: await findInvitation(api),
  };
  return { api, bo, places, numbers, paths };
}

async function findInvitation(api: DeskClient): Promise<string | null> {
  const agents = await api.list('/agents');
  const invited = agents.find(({ name }) => String(name).startsWith('Karin'));
  if (invited === undefined) return null;
  const invitation = await api.call('GET', `/agents/${invited.id}/invitation`);
  return isRecord(invitation) && typeof invitation.url === 'string'
    ? new URL(invitation.url).pathname
    : null;
}
