import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export async function readAgentName(trx: CompanyTransaction, agent: string): Promise<string> {
  const rows = await select<{ name: string }>(
    trx,
    'select name from agent where company = ? and id = ?',
    [trx.company, agent],
  );
  return rows[0]?.name ?? 'an agent';
}

/**
 * Whose ticket it is, recorded or about to be; `isUnread` while the mail that begins it waits to be
 * read, and nobody knows.
 */
export async function readTicketCustomer(
  trx: CompanyTransaction,
  ticket: number,
): Promise<{ customer: string | null; isUnread: boolean }> {
  const rows = await select<{ customer: string | null; isUnread: boolean }>(
    trx,
    `select customer, false as "isUnread" from ticket where company = ? and number = ?
     union all
     select customer, customer is null and outcome = 'pending' from mail
     where company = ? and ticket = ? and new_ticket
     limit 1`,
    [trx.company, ticket, trx.company, ticket],
  );
  return rows[0] ?? { customer: null, isUnread: false };
}

/** What the attempt says whose mail the agent's own program sent. */
const SENT_ELSEWHERE = "Sent to the customer by the agent's own mail program.";

/**
 * Says of an answer that it has left by another way, under the Message-ID that it has there: the
 * attempt to send it finds itself done.
 */
export async function keepSentElsewhere(
  trx: CompanyTransaction,
  ticket: number,
  message: string,
  mail: { message_id: string | null },
): Promise<void> {
  const { company } = trx;
  await select(
    trx,
    `insert into send_attempt (company, message, attempt, ticket, lease_until, handed_over_at,
       outcome, response, finished_at)
     values (?, ?, 1, ?, now(), now(), 'sent', ?, now()) on conflict do nothing`,
    [company, message, ticket, SENT_ELSEWHERE],
  );
  if (mail.message_id === null) return;
  await select(trx, 'update message set message_id = ? where company = ? and id = ?', [
    mail.message_id,
    company,
    message,
  ]);
}

/** The mail's place in the ledger: it is the outgoing message that shows it now. */
export async function linkToLedger(
  trx: CompanyTransaction,
  message: string,
  mail: string,
): Promise<void> {
  const { company } = trx;
  await select(trx, 'update message set mail = ? where company = ? and id = ?', [
    mail,
    company,
    message,
  ]);
}
