import { account } from './account.ts';
import { live } from './live.ts';
import { mails } from './mails.ts';
import { parts } from './parts.ts';
import { problems } from './problems.ts';
import { reminders } from './reminders.ts';
import { time } from './time.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = {
  account,
  live,
  mails,
  parts,
  problems,
  reminders,
  time,
};

/** What each other language has to say. */
export type Words = typeof words;
