import { counted } from '../counted.ts';

export const menu = {
  views: 'Views',
  mainViews: 'Main views',
  menu: 'Menu',
  closeMenu: 'Close the menu',
  compose: 'Compose',
  search: 'Search everywhere',
  searchKey: 'Search everywhere (S)',
  mail: 'Mail',
  parked: 'Parked mail',
  sendingProblems: 'Sending problems',
  allMail: 'All mail in',
  savedViews: 'Saved views',
  newView: 'New saved view',
  newViewHint: 'Filter a list, then save it as a view',
  noViews: 'Filter a list and save it.',
  sharedBy: (name: string, who: string) => `${name}, shared by ${who}`,
  settings: 'Settings',
  reminders: 'Reminders',
  /** Titles of links: what they lead to, and how much of it there is. */
  ticketsIn: (name: string, n: number) => `${name}: ${counted(n, 'ticket', 'tickets')}`,
  mailsIn: (name: string, n: number) => `${name}: ${counted(n, 'mail', 'mails')}`,
  you: 'You',
  somebody: 'Somebody',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
};
