import type { Words } from '../en/index.ts';
import { account } from './account.ts';
import { live } from './live.ts';
import { mails } from './mails.ts';
import { parts } from './parts.ts';
import { problems } from './problems.ts';
import { reminders } from './reminders.ts';
import { time } from './time.ts';

export const words: Words = {
  account,
  live,
  mails,
  parts,
  problems,
  reminders,
  time,
};
