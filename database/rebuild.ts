import { fold } from '../domain/ticket/evolve.ts';
import { emptyTicket } from '../domain/ticket/ticket.ts';
import type { CompanyTransaction, Database } from './client.ts';
import { select } from './client.ts';
import { project } from './queries/project.ts';
import { lockTicket, readEvents } from './queries/ticket-log.ts';

/** Tickets looked up at a time; each is rebuilt in a transaction of its own. */
const TICKETS_A_PAGE = 500;

/** What is read from the log, and nothing else; `ticket` itself is written over. */
const readTables = ['ticket_participant', 'ticket_label', 'message_delivery', 'reminder'] as const;

/**
 * Makes a company's read tables anew from the log and the content, ticket by ticket, while work
 * goes on: each ticket is locked for the moment in which it is rebuilt.
 * @returns how many tickets were rebuilt
 */
export async function rebuildProjection(database: Database, company: string): Promise<number> {
  await database.withCompany(company, dropOrphans);
  let rebuilt = 0;
  let after = 0;
  for (;;) {
    const page = await database.withCompany(company, (trx) => nextTickets(trx, after));
    for (const number of page) {
      await database.withCompany(company, (trx) => rebuildTicket(trx, number));
    }
    rebuilt += page.length;
    const last = page.at(-1);
    if (last === undefined) return rebuilt;
    after = last;
  }
}

async function rebuildTicket(trx: CompanyTransaction, number: number): Promise<void> {
  await lockTicket(trx, number);
  const events = await readEvents(trx, number, { after: 0 });
  for (const table of readTables) {
    await trx(table).where({ company: trx.company, ticket: number }).delete();
  }
  const before = emptyTicket(number);
  await project(trx, before, fold(before, events), events);
}

/** Read rows of tickets that the log does not know. */
async function dropOrphans(trx: CompanyTransaction): Promise<void> {
  for (const [table, column] of [
    ...readTables.map((name) => [name, 'ticket']),
    ['ticket', 'number'],
  ]) {
    await trx.raw(
      `delete from ?? r where r.company = ? and not exists (select from ticket_event e
         where e.company = r.company and e.ticket = r.??)`,
      [table ?? '', trx.company, column ?? ''],
    );
  }
}

async function nextTickets(trx: CompanyTransaction, after: number): Promise<number[]> {
  const rows = await select<{ ticket: number }>(
    trx,
    `select distinct ticket from ticket_event where company = ? and ticket > ?
     order by ticket limit ?`,
    [trx.company, after, TICKETS_A_PAGE],
  );
  return rows.map((row) => row.ticket);
}
