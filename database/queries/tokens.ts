import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';
import { notifyAccess } from './live.ts';
import type { Named } from './ticket-item.ts';

/** An API token as everybody but its holder sees it. */
export interface Token {
  id: string;
  name: string;
  /** Whom calls with it act as. */
  agent: Named;
  createdAt: string;
  /** Within a few minutes; null: never. */
  usedAt: string | null;
}

const token = `select k.id, k.name, k.created_at as "createdAt", k.used_at as "usedAt",
  json_build_object('id', a.id, 'name', a.name) as agent
  from api_token k join agent a on a.company = k.company and a.id = k.agent`;

const alive = { sql: 'k.revoked_at is null', bindings: [] };

export async function listTokens(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<Token>> {
  const conditions = [alive];
  return listByName<Token>(trx, {
    from: token,
    name: 'k.name',
    id: 'k.id',
    conditions,
    ...request,
  });
}

/** Null when this company has no such token, or it was revoked. */
export async function readToken(trx: CompanyTransaction, id: string): Promise<Token | null> {
  const [row] = await select<Token>(trx, `${token} where k.id = ? and ${alive.sql}`, [id]);
  return row ?? null;
}

/** `hash`: what `hashCredential` makes of the secret. */
export async function insertToken(
  trx: CompanyTransaction,
  made: { id: string; name: string; agent: string; hash: string },
): Promise<void> {
  await trx('api_token').insert({ company: trx.company, ...made });
}

/** @returns false when there is no such token */
export async function renameToken(
  trx: CompanyTransaction,
  id: string,
  name: string,
): Promise<boolean> {
  const renamed = await trx('api_token')
    .where({ company: trx.company, id, revoked_at: null })
    .update({ name });
  return renamed > 0;
}

/** From now on calls with it are refused; false when there is no such token. */
export async function revokeToken(trx: CompanyTransaction, id: string): Promise<boolean> {
  const revoked = await trx('api_token')
    .where({ company: trx.company, id, revoked_at: null })
    .update({ revoked_at: trx.fn.now() });
  if (revoked > 0) await notifyAccess(trx);
  return revoked > 0;
}
