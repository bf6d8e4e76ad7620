import type { Words } from '../en/index.ts';
import { account } from './account.ts';
import { agents } from './agents.ts';
import { audit } from './audit.ts';
import { bulk } from './bulk.ts';
import { canned } from './canned.ts';
import { delivery } from './delivery.ts';
import { editor } from './editor.ts';
import { firstSteps } from './first-steps.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { knowledge } from './knowledge.ts';
import { learning } from './learning.ts';
import { leaving } from './leaving.ts';
import { list } from './list.ts';
import { live } from './live.ts';
import { mailboxes } from './mailboxes.ts';
import { mails } from './mails.ts';
import { menu } from './menu.ts';
import { next } from './next.ts';
import { palette } from './palette.ts';
import { panel } from './panel.ts';
import { parts } from './parts.ts';
import { problems } from './problems.ts';
import { profile } from './profile.ts';
import { reminders } from './reminders.ts';
import { reports } from './reports.ts';
import { settings } from './settings.ts';
import { suggestions } from './suggestions.ts';
import { texts } from './texts.ts';
import { ticket } from './ticket.ts';
import { time } from './time.ts';
import { welcome } from './welcome.ts';
import { when } from './when.ts';

export const words: Words = {
  account,
  agents,
  audit,
  bulk,
  canned,
  delivery,
  editor,
  firstSteps,
  history,
  keys,
  knowledge,
  learning,
  leaving,
  list,
  live,
  mailboxes,
  mails,
  menu,
  next,
  palette,
  panel,
  parts,
  problems,
  profile,
  reminders,
  reports,
  settings,
  suggestions,
  texts,
  ticket,
  time,
  welcome,
  when,
};
