import type { AccountLinkKind } from '../../domain/account-links.ts';
import { select } from '../client.ts';
import type { CompanyTransaction, Database } from '../client.ts';

/** A way in without a password, once. */
export interface AccountLink {
  id: string;
  agent: string;
  kind: AccountLinkKind;
  hash: string;
  expiresAt: string;
  state: 'open' | 'used' | 'ended' | 'expired';
}

const link = `select l.id, l.agent, l.kind, l.hash, l.expires_at as "expiresAt",
  case when l.used_at is not null then 'used' when l.ended_at is not null then 'ended'
    when l.expires_at < now() then 'expired' else 'open' end as state
  from account_link l`;

/** Where a link leads, by the hash of it; null when we never made one like it. */
export async function findAccountLink(
  database: Database,
  hash: string,
): Promise<{ company: string; link: string } | null> {
  const sql = 'select company, link from lookup_account_link(?)';
  const rows = await select<{ company: string; link: string }>(database.lookups, sql, [hash]);
  return rows[0] ?? null;
}

export async function readAccountLink(
  trx: CompanyTransaction,
  id: string,
): Promise<AccountLink | null> {
  const [row] = await select<AccountLink>(trx, `${link} where l.id = ?`, [id]);
  return row ?? null;
}

/** The newest link of this kind that an agent was sent, whatever became of it. */
export async function newestAccountLink(
  trx: CompanyTransaction,
  agent: string,
  kind: AccountLinkKind,
): Promise<AccountLink | null> {
  const sql = `${link} where l.agent = ? and l.kind = ?
    order by l.created_at desc, l.id desc limit 1`;
  const [row] = await select<AccountLink>(trx, sql, [agent, kind]);
  return row ?? null;
}

export interface NewAccountLink {
  id: string;
  agent: string;
  kind: AccountLinkKind;
  /** As `hashCredential` makes it. */
  hash: string;
  madeBy: string | null;
  validMs: number;
}

/** Makes a link; the agent's earlier ones lead nowhere any more. */
export async function insertAccountLink(
  trx: CompanyTransaction,
  { id, agent, kind, hash, madeBy, validMs }: NewAccountLink,
): Promise<void> {
  await endAccountLinks(trx, agent);
  await select(
    trx,
    `insert into account_link (company, id, agent, kind, hash, made_by, expires_at)
     values (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))`,
    [trx.company, id, agent, kind, hash, madeBy, validMs / 1_000],
  );
}

/** Takes all open links of an agent back, and the mails with them that have not begun to leave. */
export async function endAccountLinks(trx: CompanyTransaction, agent: string): Promise<void> {
  const ended = await select<{ id: string }>(
    trx,
    `update account_link set ended_at = now()
     where agent = ? and used_at is null and ended_at is null returning id`,
    [agent],
  );
  await dropMails(trx, ended);
}

/** Mails with these links that have not begun to leave need not leave any more. */
async function dropMails(trx: CompanyTransaction, links: readonly { id: string }[]): Promise<void> {
  await select(
    trx,
    `update account_mail set outcome = 'dropped', finished_at = now()
     where link = any(?) and outcome is null and handed_over_at is null`,
    [links.map(({ id }) => id)],
  );
}

/** Uses a link up, with the mails that bring it; false when it leads nowhere any more. */
export async function useAccountLink(trx: CompanyTransaction, id: string): Promise<boolean> {
  const rows = await select<{ id: string }>(
    trx,
    `update account_link set used_at = now()
     where id = ? and used_at is null and ended_at is null and expires_at > now() returning id`,
    [id],
  );
  await dropMails(trx, rows);
  return rows.length > 0;
}
