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
