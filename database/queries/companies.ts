import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import type { CompanyTransaction, Database } from '../client.ts';
import { isDuplicate } from '../errors.ts';

export interface Company {
  id: string;
  name: string;
  createdAt: string;
}

/** Ids of all companies, in their order. */
export async function listCompanyIds(database: Database): Promise<string[]> {
  const rows = await select<{ company: string }>(
    database.lookups,
    'select company from lookup_companies()',
  );
  return rows.map((row) => row.company);
}

/** The company of the transaction; null while there is none. */
export async function readCompany(trx: CompanyTransaction): Promise<Company | null> {
  const sql = 'select id, name, created_at as "createdAt" from company where id = ?';
  const [row] = await select<Company>(trx, sql, [trx.company]);
  return row ?? null;
}

export async function renameCompany(trx: CompanyTransaction, name: string): Promise<void> {
  await select(trx, 'update company set name = ? where id = ?', [name, trx.company]);
}

/** Makes the company of the transaction. @throws RefusedError `already_exists` */
export async function insertCompany(trx: CompanyTransaction, name: string): Promise<void> {
  try {
    await trx('company').insert({ id: trx.company, name });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw refused(
      'already_exists',
      `There is a company "${trx.company}" already; choose another id.`,
    );
  }
}
