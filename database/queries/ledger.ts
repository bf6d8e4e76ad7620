import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import { selectAssembled } from '../assembled.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import type { MailOutcome, MailVia } from '../rows.ts';
import { notifyCounts } from './live.ts';
import { exactTime } from './ticket-list.ts';
import { likePattern } from './ticket-text-search.ts';

/** A mail that came in, and what became of it (contract.md, `GET /mails`). */
export interface LedgerEntry {
  id: string;
  receivedAt: string;
  via: MailVia;
  messageId: string | null;
  from: { name: string; email: string };
  to: string[];
  /** Null when the mailbox is gone. */
  mailbox: { id: string; address: string } | null;
  subject: string;
  outcome: MailOutcome;
  reason: string;
  automatic: boolean;
  ticket: number | null;
  size: number;
  /** What a virus scanner found in it. */
  threat: string | null;
}

// A pending mail already holds a number, but the number is nothing until it has an event.
const entry = `
select l.id, l.received_at as "receivedAt", l.via, l.message_id as "messageId",
  json_build_object('name', l.from_name, 'email', l.from_address) as "from",
  l.envelope_to as "to",
  (select json_build_object('id', b.id, 'address', b.address) from mailbox b
    where b.company = l.company and b.id = l.mailbox) as mailbox,
  l.subject, l.outcome, l.reason, l.automatic is not null as automatic,
  (select t.number from ticket t where t.company = l.company and t.number = l.ticket) as ticket,
  l.raw_bytes as size, l.threat, ${exactTime('l.received_at')} as key
from mail l`;

export interface LedgerRequest extends PageRequest {
  outcome?: MailOutcome;
  /** Found in subject, sender, recipient, Message-ID or reason. */
  q?: string;
}

/** The ledger, newest first. */
export async function listMails(
  trx: CompanyTransaction,
  { outcome, q, limit, cursor }: LedgerRequest,
): Promise<Page<LedgerEntry>> {
  const conditions: string[] = [];
  const bindings: (string | number)[] = [];
  if (cursor !== null) {
    const key = readCursor(cursor, 'ledger');
    conditions.push('(l.received_at, l.id) < (?::timestamptz, ?)');
    bindings.push(key.time(), key.text());
  }
  if (outcome !== undefined) {
    conditions.push('l.outcome = ?');
    bindings.push(outcome);
  }
  if (q !== undefined && q.trim() !== '') {
    conditions.push(`concat_ws(' ', l.subject, l.from_name, l.from_address, l.message_id,
      l.reason, array_to_string(l.envelope_to, ' ')) ilike ?`);
    bindings.push(likePattern(q.trim()));
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join('\n and ')}`;
  const rows = await selectAssembled<LedgerEntry & { key: string }>(
    trx,
    `${entry} ${where} order by l.received_at desc, l.id desc limit ?`,
    [...bindings, limit + 1],
  );
  return pageOf(rows, limit, 'ledger', (row) => [row.key, row.id]);
}

/** Null when this company has no such mail. */
export async function readMail(trx: CompanyTransaction, id: string): Promise<LedgerEntry | null> {
  const [row] = await select<LedgerEntry>(trx, `${entry} where l.id = ?`, [id]);
  return row ?? null;
}

/** Where a mail's bytes lie, and how many are there: of one that was too large, its beginning. */
export async function readRawMail(
  trx: CompanyTransaction,
  id: string,
): Promise<{ hash: string; size: number; threat: string | null } | null> {
  const sql = `select raw_hash as hash, coalesce(kept_bytes, raw_bytes) as size, threat
    from mail where id = ?`;
  const [row] = await select<{ hash: string; size: number; threat: string | null }>(trx, sql, [id]);
  return row ?? null;
}

/**
 * Takes a parked mail and what was read from it out of the ledger, by a person's wish.
 * @returns false when there is no such mail
 * @throws RefusedError `not_allowed` when it is not parked
 */
export async function deleteParkedMail(trx: CompanyTransaction, id: string): Promise<boolean> {
  const { company } = trx;
  const [mail] = await select<{ outcome: MailOutcome }>(
    trx,
    'select outcome from mail where id = ? for update',
    [id],
  );
  if (!mail) return false;
  if (mail.outcome !== 'parked') {
    throw refused('not_allowed', `Its outcome is ${mail.outcome}; only parked mail can go.`, {
      state: mail.outcome,
      allowed: ['parked'],
    });
  }
  const messages = trx('message').where({ company, mail: id }).select('id');
  await trx('attachment').where({ company }).whereIn('message', messages.clone()).delete();
  await trx('message').where({ company, mail: id }).delete();
  await trx('mail').where({ company, id }).delete();
  await notifyCounts(trx);
  return true;
}
