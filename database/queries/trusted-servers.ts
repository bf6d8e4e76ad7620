import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** Whose Authentication-Results are believed in a mailbox: the named server, or its provider. */
export interface TrustedServerRow {
  authservId: string | null;
  host: string | null;
}

export async function readTrustedServer(
  trx: CompanyTransaction,
  mailbox: string,
): Promise<TrustedServerRow> {
  const rows = await select<TrustedServerRow>(
    trx,
    `select b.authserv_id as "authservId", s.host from mailbox b
     left join mailbox_server s on s.company = b.company and s.mailbox = b.id
       and s.direction = 'in'
     where b.company = ? and b.id = ?`,
    [trx.company, mailbox],
  );
  return rows[0] ?? { authservId: null, host: null };
}
