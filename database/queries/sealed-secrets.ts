import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** What a row holds of sealed secrets, by column; null for none. */
export interface SealedServerSecrets {
  mailbox: string;
  direction: 'in' | 'out';
  secret: string | null;
  client_secret: string | null;
  access_token: string | null;
}

export interface SealedKey {
  id: string;
  private_key: string;
}

/** The secrets of all servers of the company, locked until the transaction ends. */
export function lockServerSecrets(trx: CompanyTransaction): Promise<SealedServerSecrets[]> {
  return select<SealedServerSecrets>(
    trx,
    `select mailbox, direction, secret, client_secret, access_token from mailbox_server
     where company = ? order by mailbox, direction for update`,
    [trx.company],
  );
}

/** The private keys that the company's mail is signed with, locked the same way. */
export function lockSigningKeys(trx: CompanyTransaction): Promise<SealedKey[]> {
  return select<SealedKey>(
    trx,
    'select id, private_key from dkim_key where company = ? order by id for update',
    [trx.company],
  );
}

/** The same secrets, sealed anew: nothing else of the row changes, and nobody signs in again. */
export async function keepServerSecrets(
  trx: CompanyTransaction,
  { mailbox, direction, secret, client_secret, access_token }: SealedServerSecrets,
): Promise<void> {
  await select(
    trx,
    `update mailbox_server set secret = ?, client_secret = ?, access_token = ?
     where company = ? and mailbox = ? and direction = ?`,
    [secret, client_secret, access_token, trx.company, mailbox, direction],
  );
}

export async function keepSigningKey(
  trx: CompanyTransaction,
  { id, private_key }: SealedKey,
): Promise<void> {
  await select(trx, 'update dkim_key set private_key = ? where company = ? and id = ?', [
    private_key,
    trx.company,
    id,
  ]);
}
