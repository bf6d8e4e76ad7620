import type { Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Commands } from '../keys/commands.ts';
import type { Command } from '../keys/key-table.ts';
import type { SavedView } from '../api/list-types.ts';
import { listOf } from '../list/saved-query.ts';
import { listPath, VIEW_LOOKS, VIEWS, type View } from '../list/views.ts';
import type { Desk } from '../menu/desk.svelte.ts';
import type { SingleKeys } from '../menu/single-keys.svelte.ts';
import { THEMES, type ThemeChoice } from '../menu/theme.svelte.ts';
import { AFTER_DONE, type AfterDone } from '../next/after-done.svelte.ts';
import { settingsFor } from '../settings/settings-pages.ts';
import type { PaletteItem } from './palette-item.ts';

type Go = (path: string) => unknown;

const VIEW_COMMANDS: Partial<Record<View, Command>> = {
  open: 'goOpen',
  new: 'goNew',
  team: 'goTeam',
  pending: 'goPending',
  solved: 'goSolved',
};

/** The pages of the desk. */
export function pageItems(desk: Desk, { t }: Speech, go: Go): PaletteItem[] {
  const page = (path: string, text: string, icon: PaletteItem['icon']): PaletteItem => ({
    ...{ id: path, group: 'go', text, icon },
    run: () => go(path),
  });
  const views = VIEWS.map((view) => ({
    ...page(`/${view}`, t.list.views[view].title, VIEW_LOOKS[view].icon),
    tone: VIEW_LOOKS[view].tone,
    command: VIEW_COMMANDS[view],
  }));
  const settings = settingsFor(desk.me.agent).flatMap((section) =>
    section.pages.map(({ path, name }) => ({
      ...page(path, t.settings.pages[name], 'sliders'),
      hint: t.settings.title,
      words: t.settings.title,
    })),
  );
  return [
    ...views,
    { ...page('/compose', t.menu.compose, 'compose'), command: 'compose' },
    page('/reminders', t.menu.reminders, 'bell'),
    page('/parked', t.menu.parked, 'parked'),
    page('/sending-problems', t.menu.sendingProblems, 'mail-x'),
    page('/all-mail', t.menu.allMail, 'ledger'),
    page('/reports', t.reports.title, 'bars'),
    ...settings,
  ];
}

/** Lists that were saved by name, the agent's and the shared ones. */
export function savedItems(views: readonly SavedView[], { t }: Speech, go: Go): PaletteItem[] {
  return views.map((view) => ({
    ...{ id: `view-${view.id}`, group: 'go', text: view.name, icon: 'bookmark', when: 'asked' },
    hint: view.shared ? t.palette.sharedBy(view.agent.name) : t.palette.savedView,
    words: t.menu.savedViews,
    run: () => go(listPath(listOf(view))),
  }));
}

interface Choices {
  theme: ThemeChoice;
  singleKeys: SingleKeys;
  after: AfterDone;
  commands: Commands;
}

/** What is set for this browser. */
export function choiceItems({ theme, singleKeys, after, commands }: Choices, { t }: Speech) {
  const themes = THEMES.map((name): PaletteItem => ({
    ...{ id: `theme-${name}`, group: 'settings', icon: 'moon', when: 'asked' },
    text: `${t.menu.theme}: ${t.menu.themes[name]}`,
    run: () => theme.choose(name),
  }));
  const leads = AFTER_DONE.map((then): PaletteItem => ({
    ...{ id: `after-${then}`, group: 'settings', icon: 'right', when: 'asked' },
    text: `${t.next.afterDone}: ${t.next.then[then]}`,
    run: () => after.choose(then),
  }));
  const map: PaletteItem = {
    ...{ id: 'map', group: 'settings', text: t.keys.map, icon: 'filter', command: 'map' },
    run: () => commands.run('map'),
  };
  const keys: PaletteItem = {
    ...{ id: 'single-keys', group: 'settings', icon: 'filter', when: 'asked' },
    text: singleKeys.on ? t.account.keysOff : t.account.keysOn,
    run: () => singleKeys.toggle(),
  };
  return [map, ...themes, ...leads, keys];
}

/** Tickets that were looked for with what is typed. */
export function foundTickets(tickets: readonly Ticket[], { t }: Speech, go: Go): PaletteItem[] {
  return tickets.map(({ number, subject, state, customer }) => ({
    id: `ticket-${number}`,
    group: 'tickets',
    text: subject || t.list.noSubject,
    hint: `${customer.name || customer.email}, #${number}`,
    icon: `s-${state}`,
    tone: `s-${state}`,
    when: 'found',
    run: () => go(`/tickets/${number}`),
  }));
}

/** Customers that were looked for; one of them leads to all that they wrote. */
export function foundCustomers(
  customers: readonly { id: string; name: string; email: string }[],
  go: Go,
): PaletteItem[] {
  return customers.map(({ id, name, email }) => ({
    id: `customer-${id}`,
    group: 'customers',
    text: name || email,
    hint: name === '' ? '' : email,
    icon: 'person',
    when: 'found',
    run: () => go(`/search?customer=${encodeURIComponent(id)}`),
  }));
}
