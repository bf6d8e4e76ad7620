import { counted } from '../counted.ts';
import type { Words } from '../en/index.ts';

export const menu: Words['menu'] = {
  views: 'Vyer',
  mainViews: 'Huvudvyer',
  menu: 'Meny',
  closeMenu: 'Stäng menyn',
  compose: 'Nytt mejl',
  search: 'Sök överallt',
  searchKey: 'Sök överallt (S)',
  mail: 'Mejl',
  parked: 'Parkerade mejl',
  sendingProblems: 'Sändningsproblem',
  allMail: 'Alla inkomna mejl',
  savedViews: 'Sparade vyer',
  newView: 'Ny sparad vy',
  newViewHint: 'Filtrera en lista och spara den som vy',
  noViews: 'Filtrera en lista och spara den.',
  sharedBy: (name, who) => `${name}, delad av ${who}`,
  settings: 'Inställningar',
  reminders: 'Påminnelser',
  ticketsIn: (name, n) => `${name}: ${counted(n, 'ärende', 'ärenden')}`,
  mailsIn: (name, n) => `${name}: ${counted(n, 'mejl', 'mejl')}`,
  you: 'Du',
  somebody: 'Någon',
  theme: 'Utseende',
  themes: { system: 'Som systemet', light: 'Ljust', dark: 'Mörkt' },
};
