import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** What a new company has done: facts of its tables, and no clicks. */
export interface FirstStepsRow {
  /** A mailbox has servers of its own, or mail came in by SMTP or IMAP. */
  mailbox: boolean;
  /** A second agent is in the company. */
  invited: boolean;
  /** A mail from an agent's own address came in. */
  testMail: boolean;
  /** A message of the contact form came in. */
  form: boolean;
  over: boolean;
  /** Where mail can be sent to; null without a mailbox. */
  address: string | null;
}

/** Each fact is the first row of an index, or of a small table. */
export async function readFirstSteps(trx: CompanyTransaction): Promise<FirstStepsRow | null> {
  const rows = await select<FirstStepsRow>(
    trx,
    `select c.first_steps_over_at is not null as over,
       exists (select from mailbox_server s where s.company = c.id and s.enabled)
         or exists (select from mail m where m.company = c.id and m.via in ('smtp', 'imap'))
         as mailbox,
       (select count(*) > 1 from agent a where a.company = c.id and a.active) as invited,
       exists (select from mail m where m.company = c.id and m.agent is not null) as "testMail",
       exists (select from mail m where m.company = c.id and m.via = 'form') as form,
       (select b.address from mailbox b where b.company = c.id
         order by b.created_at, b.id limit 1) as address
     from company c where c.id = ?`,
    [trx.company],
  );
  return rows[0] ?? null;
}

/** They are not asked about any more; `over` false shows them again. */
export async function endFirstSteps(trx: CompanyTransaction, over: boolean): Promise<void> {
  const at = over ? trx.raw('now()') : null;
  await trx('company').where({ id: trx.company }).update({ first_steps_over_at: at });
}
