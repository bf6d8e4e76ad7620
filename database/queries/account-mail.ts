import type { AccountLinkKind } from '../../domain/account-links.ts';
import type { Language } from '../../domain/languages.ts';
import { select } from '../client.ts';
import type { CompanyTransaction, Database } from '../client.ts';

/** What is known of a mail to an agent. */
export const accountMailStates = ['waiting', 'sent', 'failed', 'uncertain', 'dropped'] as const;
export type AccountMailState = (typeof accountMailStates)[number];

/** What came of an attempt; a deferred mail is tried again. */
export type AttemptOutcome = 'sent' | 'failed' | 'uncertain' | 'deferred';

/** A mail whose turn it is, with what it is written from. */
export interface AccountMail {
  id: string;
  attempt: number;
  recipient: string;
  messageId: string;
  createdAt: string;
  link: string;
  hash: string;
  kind: AccountLinkKind;
  expiresAt: string;
  agentName: string;
  /** Who sent the link; null: whoever gets it asked for it. */
  madeBy: string | null;
  companyName: string;
  language: Language;
  /** The oldest mailbox of the company writes it; null while there is none. */
  mailbox: string | null;
  fromName: string | null;
  fromAddress: string | null;
}

export async function insertAccountMail(
  trx: CompanyTransaction,
  mail: { id: string; link: string; recipient: string; messageId: string },
): Promise<void> {
  const { id, link, recipient, messageId } = mail;
  await select(
    trx,
    `insert into account_mail (company, id, link, recipient, message_id) values (?, ?, ?, ?, ?)`,
    [trx.company, id, link, recipient, messageId],
  );
}

/** Mails that wait to be sent, in all companies. Costs one indexed query when there are none. */
export async function findAccountMail(
  database: Database,
  limit: number,
): Promise<{ company: string; mail: string }[]> {
  const sql = 'select company, mail from lookup_account_mail(?)';
  return select<{ company: string; mail: string }>(database.lookups, sql, [limit]);
}

/**
 * Begins an attempt. Null when it is not its turn: another worker is at it, or it has its outcome.
 * One that was lost after the mail had been handed over makes the mail uncertain, for good.
 */
export async function beginAccountMail(
  trx: CompanyTransaction,
  id: string,
  leaseMs: number,
): Promise<AccountMail | null> {
  await select(
    trx,
    `update account_mail set outcome = 'uncertain', finished_at = now(),
       response = 'The connection was lost after the mail had been handed over.'
     where id = ? and outcome is null and handed_over_at is not null and lease_until < now()`,
    [id],
  );
  const begun = await select<{ id: string }>(
    trx,
    `update account_mail set attempt = attempt + 1,
       lease_until = now() + make_interval(secs => ?)
     where id = ? and outcome is null and next_try_at <= now()
       and (lease_until is null or lease_until < now()) returning id`,
    [leaseMs / 1_000, id],
  );
  if (begun.length === 0) return null;
  const rows = await select<AccountMail>(
    trx,
    `select m.id, m.attempt, m.recipient, m.message_id as "messageId",
       m.created_at as "createdAt", m.link, l.hash, l.kind, l.expires_at as "expiresAt",
       a.name as "agentName", c.name as "companyName", c.language,
       (select b.name from agent b where b.company = l.company and b.id = l.made_by) as "madeBy",
       b.id as mailbox, coalesce(b.display_name, b.name) as "fromName",
       b.address as "fromAddress"
     from account_mail m
     join account_link l on l.company = m.company and l.id = m.link
     join agent a on a.company = l.company and a.id = l.agent
     join company c on c.id = m.company
     left join lateral (select * from mailbox where company = m.company
       order by created_at, id limit 1) b on true
     where m.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

/** Shows that the worker of an attempt lives. */
export async function renewAccountMail(
  trx: CompanyTransaction,
  { id, attempt }: Pick<AccountMail, 'id' | 'attempt'>,
  leaseMs: number,
): Promise<void> {
  await select(
    trx,
    `update account_mail set lease_until = now() + make_interval(secs => ?)
     where id = ? and attempt = ? and outcome is null`,
    [leaseMs / 1_000, id, attempt],
  );
}

/**
 * Commits that the attempt is about to hand the mail over. False when it was given up meanwhile, or
 * the link was taken back: then nothing may be handed over any more.
 */
export async function handOverAccountMail(
  trx: CompanyTransaction,
  { id, attempt }: Pick<AccountMail, 'id' | 'attempt'>,
  leaseMs: number,
): Promise<boolean> {
  const rows = await select<{ id: string }>(
    trx,
    `update account_mail set handed_over_at = now(),
       lease_until = now() + make_interval(secs => ?)
     where id = ? and attempt = ? and outcome is null and lease_until > now() returning id`,
    [leaseMs / 1_000, id, attempt],
  );
  return rows.length > 0;
}

/** Writes what came of an attempt, unless a later one has begun. */
export async function finishAccountMail(
  trx: CompanyTransaction,
  { id, attempt }: Pick<AccountMail, 'id' | 'attempt'>,
  result: { outcome: AttemptOutcome; response: string; againAfterMs: number },
): Promise<void> {
  const { outcome, response, againAfterMs } = result;
  const isOver = outcome !== 'deferred';
  await select(
    trx,
    `update account_mail set outcome = ?, response = ?, lease_until = null,
       finished_at = case when ? then now() end,
       handed_over_at = case when ? then handed_over_at end,
       next_try_at = now() + make_interval(secs => ?)
     where id = ? and attempt = ? and outcome is null`,
    [isOver ? outcome : null, response, isOver, isOver, againAfterMs / 1_000, id, attempt],
  );
}
