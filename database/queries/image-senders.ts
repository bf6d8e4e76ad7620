import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** Who a mail says it is from, in lower case; null when this company has no such mail. */
export async function senderOfMessage(
  trx: CompanyTransaction,
  message: string,
): Promise<string | null> {
  const sql = 'select lower(from_address) as sender from message where id = ?';
  const [row] = await select<{ sender: string }>(trx, sql, [message]);
  return row?.sender ?? null;
}

/** Lets the remote images of a sender's mails load unasked from now on. */
export async function allowImagesOf(
  trx: CompanyTransaction,
  address: string,
  agent: string,
): Promise<void> {
  await trx('image_sender')
    .insert({ company: trx.company, address, agent })
    .onConflict(['company', 'address'])
    .ignore();
}

/** Asks again before the remote images of a sender's mails load. */
export async function forgetImagesOf(trx: CompanyTransaction, address: string): Promise<void> {
  await trx('image_sender').where({ company: trx.company, address }).delete();
}
