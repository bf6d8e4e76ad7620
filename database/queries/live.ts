import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { CHANNEL } from '../listen.ts';
import type {
  AccessChange,
  CountsChange,
  MailsChange,
  PresenceChange,
  ReminderChange,
} from '../listen.ts';

export interface FreshReminder {
  id: string;
  agent: string;
  at: string;
  kind: string;
  ticket: number;
}

/** Reminders of these agents that are newer than a moment, oldest first. */
export function readFreshReminders(
  trx: CompanyTransaction,
  agents: readonly string[],
  since: string,
): Promise<FreshReminder[]> {
  return select<FreshReminder>(
    trx,
    `select id, agent, at, kind, ticket from reminder
     where agent = any(?) and at > ? order by at, id`,
    [[...agents], since],
  );
}

/** Which of these credentials, given by their hashes, let an agent in. */
export async function readValidCredentials(
  trx: CompanyTransaction,
  hashes: readonly string[],
): Promise<Set<string>> {
  const rows = await select<{ hash: string }>(
    trx,
    `select c.hash from (
       select hash, agent from session where hash = any(?) and expires_at > now()
       union all
       select hash, agent from api_token where hash = any(?) and revoked_at is null) c
     join agent a on a.id = c.agent where a.active`,
    [[...hashes], [...hashes]],
  );
  return new Set(rows.map((row) => row.hash));
}

/** Tells every API process what an agent does on a ticket; nothing of it is kept. */
export async function notifyPresence(
  trx: CompanyTransaction,
  presence: Omit<PresenceChange, 'company'>,
): Promise<void> {
  await notify(trx, { company: trx.company, ...presence });
}

/** Tells whoever looks at a ticket that something about it changed which its log does not say. */
export async function notifyTicket(trx: CompanyTransaction, number: number): Promise<void> {
  await trx.raw(
    `select pg_notify(?, json_build_object('company', t.company, 'ticket', t.number,
       'seq', t.seq)::text) from ticket t where t.company = ? and t.number = ?`,
    [CHANNEL, trx.company, number],
  );
}

/** Has every agent of the company told the counts anew, for what no ticket's event tells. */
export async function notifyCounts(trx: CompanyTransaction): Promise<void> {
  await notify(trx, { company: trx.company, changed: 'counts' });
}

/** Tells every agent of the company that a mail has its outcome, where no ticket's event does. */
export async function notifyMails(trx: CompanyTransaction): Promise<void> {
  await notify(trx, { company: trx.company, changed: 'mails' });
}

/** Has every live stream of the company looked at again: who may not listen any more is cut off. */
export async function notifyAccess(trx: CompanyTransaction): Promise<void> {
  await notify(trx, { company: trx.company, changed: 'access' });
}

/** Tells an agent's other screens that a reminder is done. */
export async function notifyReminderDone(
  trx: CompanyTransaction,
  agent: string,
  reminderDone: string,
): Promise<void> {
  await notify(trx, { company: trx.company, agent, reminderDone });
}

async function notify(
  trx: CompanyTransaction,
  payload: PresenceChange | CountsChange | MailsChange | AccessChange | ReminderChange,
): Promise<void> {
  await select(trx, 'select pg_notify(?, ?)', [CHANNEL, JSON.stringify(payload)]);
}
