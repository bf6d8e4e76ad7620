import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** What the servers said when they put off these mails, by message. */
export async function readDeferralWords(
  trx: CompanyTransaction,
  messages: readonly string[],
): Promise<Map<string, string>> {
  if (messages.length === 0) return new Map();
  const rows = await select<{ message: string; response: string }>(
    trx,
    `select distinct on (message) message, response from send_attempt
     where message = any(?) and outcome is not null order by message, attempt desc`,
    [[...messages]],
  );
  return new Map(rows.map((row) => [row.message, row.response]));
}
