import type { Words } from '../en/index.ts';
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

export const words: Words = {
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
