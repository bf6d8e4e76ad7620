import { insert, select, together } from '../client.ts';
import { firstSubjectId } from './facts.ts';
import type { CompanyTransaction, Knex } from '../client.ts';
import { mailColumns } from '../columns.ts';
import type { AttachmentRow, MailRow, MessageRow } from '../rows.ts';

export type NewMail = Omit<MailRow, 'company' | 'message' | 'attempts'>;

/**
 * Writes a mail into the ledger, with the Message-IDs that it stands in connection with and the
 * subject that a new ticket begins with, in one statement; gives the whole row.
 */
export async function insertMail(
  trx: CompanyTransaction,
  mail: NewMail,
  threadIds: readonly string[] = [],
): Promise<MailRow> {
  const row: MailRow = { company: trx.company, message: null, attempts: 0, ...mail };
  const columns = Object.keys(row);
  const { company, ticket, new_ticket: isNew, subject } = row;
  const values: Knex.RawBinding[] = [
    ...[company, ticket, [...threadIds]],
    ...[company, firstSubjectId(ticket ?? 0), ticket, subject, isNew],
  ];
  await select(
    trx,
    `with referred as (
       insert into mail_reference (company, message_id, ticket)
       select ?, id, ? from unnest(?::text[]) id on conflict do nothing),
     named as (
       insert into ticket_text (company, id, ticket, text)
       select ?, ?, ?, ? where ? on conflict do nothing)
     insert into mail (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    values.concat(Object.values(row)),
  );
  return row;
}

/** A mail, locked until the transaction ends: of two who decide on it, the second waits. */
export async function lockMail(trx: CompanyTransaction, id: string): Promise<MailRow | null> {
  const rows = await select<MailRow>(
    trx,
    `select ${mailColumns} from mail where company = ? and id = ? for update`,
    [trx.company, id],
  );
  return rows[0] ?? null;
}

export type NewMessage = Partial<Omit<MessageRow, 'company'>> & {
  id: string;
  direction: 'in' | 'out';
  kind: MessageRow['kind'];
};

/** Inserts what was parsed from a mail; parsed again, it stays as it was. */
export async function keepParsed(
  trx: CompanyTransaction,
  message: NewMessage,
  attachments: readonly Omit<AttachmentRow, 'company' | 'agent'>[],
  mail: { id: string; changes: Partial<MailRow> },
): Promise<void> {
  const { company } = trx;
  const once = 'on conflict do nothing';
  await together([
    insert(trx, 'message', { company, ...message }, once),
    ...attachments.map((attachment) => insert(trx, 'attachment', { company, ...attachment }, once)),
    updateMail(trx, mail.id, { message: message.id, ...mail.changes }),
  ]);
}

export async function updateMail(
  trx: CompanyTransaction,
  id: string,
  changes: Partial<MailRow>,
): Promise<void> {
  const names = Object.keys(changes);
  const sets = names.map((name) => `${name} = ?`).join(', ');
  await select(trx, `update mail set ${sets} where company = ? and id = ?`, [
    ...Object.values(changes),
    trx.company,
    id,
  ]);
}

/** Puts what was parsed from a mail, and said before it, onto the ticket that it goes to now. */
export async function moveContent(
  trx: CompanyTransaction,
  message: string,
  place: { ticket: number; customer?: string },
): Promise<void> {
  await select(
    trx,
    `update message said set ticket = ?, customer = coalesce(?, said.customer)
     from mail join message form on form.company = mail.company and form.id = mail.message
     where mail.company = ? and mail.message = ? and said.company = mail.company
       and said.exchange = mail.exchange and said.ticket = form.ticket and said.mail is null`,
    [place.ticket, place.customer ?? null, trx.company, message],
  );
  await trx('message').where({ company: trx.company, id: message }).update(place);
}

/** The same for a mail that was from somebody new in its ticket, and is from the customer there. */
export async function splitMessage(
  trx: CompanyTransaction,
  message: string,
  place: { ticket: number; customer: string },
): Promise<void> {
  const row = { ...place, stranger: false };
  await trx('message').where({ company: trx.company, id: message }).update(row);
}

/** Stored mails without an outcome that nobody has in hand. */
export function findPendingMail(
  lookups: Knex,
  olderThanMs: number,
  limit: number,
): Promise<{ company: string; mail: string }[]> {
  return select(
    lookups,
    `select company, mail from lookup_pending_mail(make_interval(secs => ?), ?)`,
    [olderThanMs / 1_000, limit],
  );
}

/**
 * Takes a pending mail in hand; null when another process has it. The lease grows with every try,
 * so that a mail whose ticket cannot take it now is not offered over and over.
 */
export async function leaseMail(trx: CompanyTransaction, id: string): Promise<MailRow | null> {
  const rows = await select<MailRow>(
    trx,
    `update mail set attempts = attempts + 1,
       lease_until = now() + least(interval '10 minutes',
         interval '10 seconds' * power(2, least(attempts, 10)))
     where company = ? and id = (
       select id from mail where company = ? and id = ? and outcome = 'pending'
         and (lease_until is null or lease_until < now()) for update skip locked)
     returning ${mailColumns}`,
    [trx.company, trx.company, id],
  );
  return rows[0] ?? null;
}

/**
 * Keeps mails from the sweep for the process that stored them. Not those that a sweep has taken or
 * given back, nor those whose rows somebody works on in this moment: their turn comes again.
 */
export async function holdMails(
  trx: CompanyTransaction,
  ids: readonly string[],
  leaseMs: number,
): Promise<void> {
  await select(
    trx,
    `update mail set lease_until = greatest(lease_until, now() + make_interval(secs => ?))
     where company = ? and id in (
       select id from mail where company = ? and id = any(?) and outcome = 'pending'
         and attempts = 0 and lease_until is not null for update skip locked)`,
    [leaseMs / 1_000, trx.company, trx.company, [...ids]],
  );
}

/** Takes a try back that came to an end and says nothing of the mail; its lease runs on. */
export async function countNoTry(trx: CompanyTransaction, id: string): Promise<void> {
  await select(
    trx,
    `update mail set attempts = greatest(attempts - 1, 0)
     where company = ? and id = ? and outcome = 'pending'`,
    [trx.company, id],
  );
}

/** Gives a mail back untried, because the ticket's side was away. */
export async function releaseMail(trx: CompanyTransaction, id: string): Promise<void> {
  await select(
    trx,
    `update mail set attempts = greatest(attempts - 1, 0), lease_until = null
     where company = ? and id = ? and outcome = 'pending'`,
    [trx.company, id],
  );
}

/** An outgoing message by its Message-ID, for delivery reports about it. */
export async function findOutgoing(
  trx: CompanyTransaction,
  messageId: string,
): Promise<{ id: string; ticket: number | null; customer: string | null } | null> {
  const rows = await select<{ id: string; ticket: number | null; customer: string | null }>(
    trx,
    `select id, ticket, customer from message
     where company = ? and message_id = ? and direction = 'out' limit 1`,
    [trx.company, messageId],
  );
  return rows[0] ?? null;
}

/** The message of an archived mail is an outgoing one when its sender is one of our addresses. */
export async function markWrittenByUs(trx: CompanyTransaction, mail: MailRow): Promise<void> {
  await select(
    trx,
    `update message m set direction = 'out', kind = 'reply',
       writer = (select id from agent a where a.company = m.company and lower(a.email) = ?)
     where m.company = ? and m.mail = ? and (
       exists (select from agent a where a.company = m.company and lower(a.email) = ?)
       or exists (select from lookup_mailbox(?) l where l.company = m.company))`,
    [mail.from_address, trx.company, mail.id, mail.from_address, mail.from_address],
  );
}
