/**
 * The pages of the settings, in the order of their navigation. A page is a line here, its name in
 * the words of `settings`, and the route of its path.
 */
import type { Me } from '../api/types.ts';
import type { Words } from '../i18n/en/index.ts';

export interface SettingsPage {
  path: string;
  name: keyof Words['settings']['pages'];
  audience: 'admins' | 'everybody';
}

export interface SettingsSection {
  /** The company's settings stand under its name. */
  of: 'company' | 'you';
  pages: readonly SettingsPage[];
}

const SECTIONS: readonly SettingsSection[] = [
  {
    of: 'company',
    pages: [
      { path: '/settings/company', name: 'company', audience: 'admins' },
      { path: '/settings/teams', name: 'teams', audience: 'admins' },
      { path: '/settings/agents', name: 'agents', audience: 'admins' },
      { path: '/settings/mailboxes', name: 'mailboxes', audience: 'admins' },
      { path: '/settings/labels', name: 'labels', audience: 'everybody' },
      { path: '/settings/texts', name: 'texts', audience: 'admins' },
      { path: '/settings/tokens', name: 'tokens', audience: 'admins' },
      { path: '/settings/audit', name: 'audit', audience: 'admins' },
    ],
  },
  {
    of: 'you',
    pages: [
      { path: '/settings/profile', name: 'profile', audience: 'everybody' },
      { path: '/settings/canned', name: 'canned', audience: 'everybody' },
    ],
  },
];

/** What this agent may change, without the sections that would be empty. */
export function settingsFor({ role }: Me['agent']): SettingsSection[] {
  return SECTIONS.map(({ of, pages }) => ({
    of,
    pages: pages.filter(({ audience }) => audience === 'everybody' || role === 'admin'),
  })).filter(({ pages }) => pages.length > 0);
}

/** The page that an address belongs to; pages below it are its own. */
export function settingsPageAt(pathname: string): SettingsPage | null {
  const pages = SECTIONS.flatMap((section) => section.pages);
  return pages.find(({ path }) => isAt(pathname, path)) ?? null;
}

export function isAt(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}

/** Where the settings begin in a window that has room for the navigation beside a page. */
export function firstSettingsPath(agent: Me['agent']): string | null {
  return settingsFor(agent)[0]?.pages[0]?.path ?? null;
}
