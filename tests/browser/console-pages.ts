import type { Page } from 'playwright-core';
import { type DeskClient, isRecord } from '../../cli/demo/desk-client.ts';

/** Numbers of tickets that stand in each state; null when the desk has none. */
export type Places = Record<'new' | 'open' | 'pending' | 'solved', number | null>;

/** A page of the console, or something that opens on one. */
export interface ConsolePage {
  name: string;
  /** Where it is; null when the desk has nothing to show there. */
  path: (places: Places) => string | null;
  /** Nobody: who has not signed in. Else an admin, who sees everything. */
  nobody?: true;
  /** Opens what is meant, once the page stands. */
  show?: (page: Page) => Promise<void>;
  /** Where alone it is offered: where there is room for it, or where there is none. */
  onlyOn?: 'desktop' | 'phone';
}

const at = (path: string) => () => path;
const ticketIn = (state: keyof Places, rest = '') => {
  return (places: Places) => (places[state] === null ? null : `/tickets/${places[state]}${rest}`);
};

/** A link that is over is the one that everybody can open. */
const BEFORE_SIGN_IN: ConsolePage[] = [
  { name: 'sign-in', path: at('/login'), nobody: true },
  { name: 'forgot-password', path: at('/forgot-password'), nobody: true },
  { name: 'invitation', path: at('/invitation#none'), nobody: true },
  { name: 'new-password', path: at('/new-password/none'), nobody: true },
];

/** Views, and lists of mails. */
const LISTS: ConsolePage[] = [
  { name: 'open', path: at('/open') },
  { name: 'open-by-waiting', path: at('/open?sort=waiting') },
  { name: 'new', path: at('/new') },
  { name: 'team', path: at('/team') },
  { name: 'pending', path: at('/pending') },
  { name: 'solved', path: at('/solved') },
  { name: 'search', path: at('/search?q=the') },
  { name: 'search-nothing', path: at('/search?q=xyzzy') },
  { name: 'parked', path: at('/parked') },
  { name: 'sending-problems', path: at('/sending-problems') },
  { name: 'all-mail', path: at('/all-mail') },
  { name: 'reminders', path: at('/reminders') },
  { name: 'first-steps', path: at('/first-steps') },
  { name: 'reports', path: at('/reports') },
  { name: 'knowledge-base', path: at('/knowledge-base') },
  { name: 'article-new', path: at('/knowledge-base/new') },
];

const TICKETS: ConsolePage[] = [
  { name: 'ticket-new', path: ticketIn('new', '?view=new') },
  { name: 'ticket-open', path: ticketIn('open') },
  { name: 'ticket-pending', path: ticketIn('pending', '?view=pending') },
  { name: 'ticket-solved', path: ticketIn('solved', '?view=solved') },
  { name: 'ticket-details', path: ticketIn('open', '#details') },
  { name: 'compose', path: at('/compose') },
];

const SETTINGS: ConsolePage[] = [
  'company',
  'teams',
  'agents',
  'mailboxes',
  'mailboxes/new',
  'labels',
  'canned',
  'canned/new',
  'texts',
  'tokens',
  'audit',
  'profile',
].map((part) => ({
  name: `settings-${part.replace('/', '-')}`,
  path: at(`/settings/${part}`),
}));

/** What opens on a page: menus, dialogs, the palette. */
const OPENED: ConsolePage[] = [
  {
    name: 'your-menu',
    path: at('/open'),
    onlyOn: 'desktop',
    show: (page) =>
      page
        .getByRole('button', { name: /^You: / })
        .first()
        .click(),
  },
  {
    name: 'reminders-bell',
    path: at('/open'),
    onlyOn: 'desktop',
    show: (page) =>
      page
        .getByRole('button', { name: /^Reminders/ })
        .first()
        .click(),
  },
  {
    name: 'palette',
    path: at('/open'),
    show: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'keyboard-map',
    path: at('/open'),
    show: async (page) => {
      await page.keyboard.press('Control+/');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'pend-dialog',
    path: ticketIn('open'),
    onlyOn: 'desktop',
    show: async (page) => {
      await page.getByRole('button', { name: /^Pend/ }).first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'article-version',
    path: at('/knowledge-base'),
    show: async (page) => {
      await page.locator('.text-rows a').first().click();
      await page.getByRole('button', { name: 'Versions', exact: true }).click();
      await page.getByRole('button', { name: /^Version 1/ }).click();
      await page.getByRole('button', { name: 'Take this text back' }).waitFor();
    },
  },
  {
    name: 'menu-on-phone',
    path: at('/open'),
    onlyOn: 'phone',
    show: (page) => page.getByRole('button', { name: 'Menu', exact: true }).click(),
  },
];

/** Every page of the console: what the pictures show, and what is looked at for accessibility. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  ...BEFORE_SIGN_IN,
  ...LISTS,
  ...TICKETS,
  ...SETTINGS,
  ...OPENED,
  { name: 'no-such-page', path: at('/nowhere') },
];

/** Finds a ticket in each state. */
export async function findPlaces(api: DeskClient): Promise<Places> {
  const places: Places = { new: null, open: null, pending: null, solved: null };
  for (const view of ['new', 'open', 'pending', 'solved'] as const) {
    const page = await api.call('GET', `/tickets?view=${view}&limit=5`);
    const items: unknown[] = isRecord(page) && Array.isArray(page.items) ? page.items : [];
    const [first] = items.filter(isRecord);
    places[view] = typeof first?.number === 'number' ? first.number : null;
  }
  return places;
}

/** Waits until the page stands still: loaded, its letters drawn, nothing on its way. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  await page.evaluate('document.fonts.ready.then(() => null)');
  // The live events keep the network busy for ever: skeletons tell when lists are there.
  await page.locator('.skel, main[aria-busy=true]').first().waitFor({ state: 'detached' });
}
