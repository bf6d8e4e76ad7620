import type { ReminderKind } from '../../domain/ticket/events.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { notifyReminderDone } from './live.ts';
import { exactTime } from './ticket-list.ts';

export interface ReminderRow {
  id: string;
  at: string;
  kind: ReminderKind;
  ticket: { number: number; subject: string };
  customer: string;
  /** Why it was put on hold, for a callback; '' when nobody said. */
  reason: string;
}

/** Why the ticket of a reminder `r` was put on hold, for a callback; '' when nobody said. */
export const reasonOfReminder = `
case when r.kind = 'callback' then coalesce((
  select x.text from ticket_event e
  join ticket_text x on x.company = e.company and x.id = e.data->>'reason'
  where e.company = r.company and e.ticket = r.ticket and e.type = 'pended' and e.at < r.at
  order by e.seq desc limit 1), '') else '' end`;

/** An agent's reminders that are not done, newest first. */
export async function listReminders(
  trx: CompanyTransaction,
  agent: string,
  { limit, cursor }: PageRequest,
): Promise<Page<ReminderRow>> {
  const key = cursor === null ? null : readCursor(cursor, 'reminders');
  const after = key === null ? [] : [key.time(), key.text()];
  const rows = await select<ReminderRow & { key: string }>(
    trx,
    `select r.id, r.at, r.kind, ${exactTime('r.at')} as key, coalesce(c.name, '') as customer,
       ${reasonOfReminder} as reason,
       json_build_object('number', r.ticket, 'subject', coalesce(t.subject, '')) as ticket
     from reminder r
     left join ticket t on t.company = r.company and t.number = r.ticket
     left join customer c on c.company = t.company and c.id = t.customer
     where r.agent = ? ${after.length === 0 ? '' : 'and (r.at, r.id) < (?::timestamptz, ?)'}
       and not exists (select from reminder_done d where d.company = r.company and d.id = r.id)
     order by r.at desc, r.id desc limit ?`,
    [agent, ...after, limit + 1],
  );
  return pageOf(rows, limit, 'reminders', (row) => [row.key, row.id]);
}

/**
 * Marks an agent's own reminder as done; done twice is done.
 * @returns false when the agent has no such reminder
 */
export async function finishReminder(
  trx: CompanyTransaction,
  agent: string,
  id: string,
): Promise<boolean> {
  const { company } = trx;
  const row: { id: string } | undefined = await trx('reminder')
    .where({ company, agent, id })
    .first('id');
  if (!row) return false;
  await trx('reminder_done').insert({ company, id }).onConflict(['company', 'id']).ignore();
  await notifyReminderDone(trx, agent, id);
  return true;
}
