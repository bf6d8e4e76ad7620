import { account } from './account.ts';
import { keys } from './keys.ts';
import { list } from './list.ts';
import { live } from './live.ts';
import { mails } from './mails.ts';
import { menu } from './menu.ts';
import { parts } from './parts.ts';
import { problems } from './problems.ts';
import { reminders } from './reminders.ts';
import { settings } from './settings.ts';
import { time } from './time.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = {
  account,
  keys,
  list,
  live,
  mails,
  menu,
  parts,
  problems,
  reminders,
  settings,
  time,
};

/** What each other language has to say. */
export type Words = typeof words;
