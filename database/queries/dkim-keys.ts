import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { listByName } from './by-name.ts';
import type { Page, PageRequest } from '../keyset.ts';

/** A key as administrators see it: never its private half. */
export interface DkimKey {
  id: string;
  domain: string;
  selector: string;
  publicKey: string;
  inUse: boolean;
  checkedAt: string | null;
  problem: string | null;
  createdAt: string;
}

const columns = `select k.id, k.domain, k.selector, k.public_key as "publicKey",
  k.in_use as "inUse", k.checked_at as "checkedAt", k.check_problem as problem,
  k.created_at as "createdAt" from dkim_key k`;

export function listDkimKeys(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<DkimKey>> {
  return listByName<DkimKey>(trx, { from: columns, name: 'k.domain', id: 'k.id', ...request });
}

export async function readDkimKey(trx: CompanyTransaction, id: string): Promise<DkimKey | null> {
  const [row] = await select<DkimKey>(trx, `${columns} where k.id = ?`, [id]);
  return row ?? null;
}

export async function insertDkimKey(
  trx: CompanyTransaction,
  key: { id: string; domain: string; selector: string; public_key: string; private_key: string },
): Promise<void> {
  await trx('dkim_key').insert({ company: trx.company, ...key });
}

/** Notes what the check found; a record that is right puts the key to use. */
export async function noteDkimCheck(
  trx: CompanyTransaction,
  id: string,
  problem: string | null,
): Promise<void> {
  await select(
    trx,
    `update dkim_key set checked_at = now(), check_problem = ?, in_use = in_use or ?
     where company = ? and id = ?`,
    [problem, problem === null, trx.company, id],
  );
}

/** @returns false when there is no such key */
export async function deleteDkimKey(trx: CompanyTransaction, id: string): Promise<boolean> {
  return (await trx('dkim_key').where({ company: trx.company, id }).delete()) > 0;
}

/** Whether one of the company's mailboxes is in this domain. */
export async function hasMailboxIn(trx: CompanyTransaction, domain: string): Promise<boolean> {
  const rows = await select<{ found: boolean }>(
    trx,
    `select exists (select from mailbox
         where company = ? and split_part(lower(address), '@', 2) = ?)
       or exists (select from mailbox_alias
         where company = ? and split_part(lower(address), '@', 2) = ?) as found`,
    [trx.company, domain, trx.company, domain],
  );
  return rows[0]?.found ?? false;
}

/** The newest key in use of a domain, its private half sealed; null when mail is not signed. */
export async function readSigningKey(
  trx: CompanyTransaction,
  domain: string,
): Promise<{ id: string; domain: string; selector: string; sealed: string } | null> {
  const rows = await select<{ id: string; domain: string; selector: string; sealed: string }>(
    trx,
    `select id, domain, selector, private_key as sealed from dkim_key
     where company = ? and domain = ? and in_use order by created_at desc, id desc limit 1`,
    [trx.company, domain],
  );
  return rows[0] ?? null;
}
