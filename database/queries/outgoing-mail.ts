import type { Then } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { customerNow } from './customer-now.ts';
import { undoOfAgent } from './agents.ts';

export interface SendingMailbox {
  id: string;
  address: string;
  name: string;
  team: string | null;
}

/** Where an answer on a ticket goes, and from where. */
export interface ReplyTarget {
  subject: string;
  /** Its address is the one that the customer wrote to last, be it an alias. */
  mailbox: SendingMailbox;
  /** All addresses of the mailbox, in lower case. */
  addresses: string[];
  customer: { id: string; email: string };
  /** The customer's newest own mail: its raw bytes say where answers are wanted. */
  lastMail: { rawHash: string; fromAddress: string } | null;
}

/** The alias `b` that the customer of ticket `t` wrote to last; null when it was no alias. */
export const writtenTo = `(select case when exists (select from mailbox_alias a
           where a.company = l.company and a.mailbox = b.id and lower(a.address) = l.written_to)
           then l.written_to end
         from mail l where l.company = t.company and l.ticket = t.number and l.mailbox = b.id
           and l.written_to is not null
         order by l.received_at desc, l.id desc limit 1)`;

/** Null when this company has no such ticket. */
export async function readReplyTarget(
  trx: CompanyTransaction,
  ticket: number,
): Promise<ReplyTarget | null> {
  const rows = await select<ReplyTarget>(
    trx,
    `select t.subject,
       json_build_object('id', b.id, 'name', coalesce(b.display_name, b.name), 'team', b.team,
         'address', coalesce(${writtenTo}, b.address)) as mailbox,
       array(select lower(b.address) union select lower(a.address) from mailbox_alias a
         where a.company = b.company and a.mailbox = b.id) as addresses,
       json_build_object('id', c.id, 'email', c.email) as customer,
       (select json_build_object('rawHash', l.raw_hash, 'fromAddress', m.from_address)
         from message m join mail l on l.company = m.company and l.id = m.mail
         where m.company = t.company and m.ticket = t.number and m.direction = 'in'
           and not m.automatic and ${customerNow('m')} = t.customer
         order by m.at desc limit 1) as "lastMail"
     from ticket t
     join mailbox b on b.company = t.company and b.id = t.mailbox
     join customer c on c.company = t.company and c.id = t.customer
     where t.number = ?`,
    [ticket],
  );
  return rows[0] ?? null;
}

/** The mailbox of this id, or the company's first; null when there is none. */
export async function findSendingMailbox(
  trx: CompanyTransaction,
  id: string | null,
): Promise<SendingMailbox | null> {
  const rows = await select<SendingMailbox>(
    trx,
    `select id, address, coalesce(display_name, name) as name, team from mailbox
     where ?::text is null or id = ?
     order by created_at, id limit 1`,
    [id, id],
  );
  return rows[0] ?? null;
}

export interface OutgoingMail {
  id: string;
  ticket: number;
  kind: 'reply' | 'compose';
  mailbox: SendingMailbox;
  customer: string;
  writer: string;
  recipients: readonly string[];
  cc: readonly string[];
  bcc?: readonly string[];
  subject: string;
  text: string;
  html: string | null;
  snippet: string;
  /** Null: as many as the writer's own setting says. */
  undoSeconds: number | null;
  sendAt: string | null;
  dropIfCustomerWrites: boolean;
  seen: number | null;
  then: Then | null;
}

/** Stores what an agent wrote; nothing is sent before the ticket's log says so. */
export async function insertOutgoing(trx: CompanyTransaction, mail: OutgoingMail): Promise<void> {
  const { mailbox } = mail;
  const domain = mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1);
  await trx('message').insert({
    company: trx.company,
    id: mail.id,
    ticket: mail.ticket,
    direction: 'out',
    kind: mail.kind,
    mailbox: mailbox.id,
    customer: mail.customer,
    writer: mail.writer,
    message_id: `${mail.id}@${domain}`,
    from_name: mailbox.name,
    from_address: mailbox.address,
    recipients: [...mail.recipients],
    cc: [...mail.cc],
    bcc: [...(mail.bcc ?? [])],
    subject: mail.subject,
    text: mail.text,
    reply_text: mail.text,
    html: mail.html,
    snippet: mail.snippet,
    undo_seconds:
      mail.undoSeconds ??
      trx.raw(`(select ${undoOfAgent} from agent a where a.company = ? and a.id = ?)`, [
        trx.company,
        mail.writer,
      ]),
    send_at: mail.sendAt,
    drop_if_customer_writes: mail.dropIfCustomerWrites,
    seen: mail.seen,
    after_undo: mail.then === null ? null : JSON.stringify(mail.then),
  });
}

/**
 * Attaches files that this agent uploaded, that stand in the ticket already (a customer's picture
 * that is quoted) or that belong to a canned response, as rows of the message's own: the others
 * stay, for an answer that is taken back and sent again. One with a Content-ID is shown by the
 * HTML. What a scanner warned of is not sent on. Gives what was attached.
 */
export async function attachUploads(
  trx: CompanyTransaction,
  agent: string,
  uploads: readonly { id: string; contentId: string | null }[],
  { message, ticket }: { message: string; ticket: number | null },
): Promise<{ id: string; bytes: number }[]> {
  if (uploads.length === 0) return [];
  const ids = uploads.map(({ id }) => id);
  const contentIds = uploads.map(({ contentId }) => contentId ?? '');
  return select<{ id: string; bytes: number }>(
    trx,
    `with wanted as (select id, nullif(content_id, '') as content_id, place
       from unnest(?::text[], ?::text[]) with ordinality w (id, content_id, place)),
     found as (
       select a.*, w.content_id as shown_as, w.place
       from wanted w join attachment a on a.id = w.id
       where a.agent = ? or a.threat is null and (
         exists (select from message m
           where m.company = a.company and m.id = a.message and m.ticket = ?)
         or exists (select from canned_response r
           where r.company = a.company and r.id = a.canned_response
             and (r.agent is null or r.agent = ?)))),
     made as (
       insert into attachment (company, id, message, agent, filename, content_type, bytes, hash,
         inline, content_id, position)
       select company, gen_random_uuid()::text, ?, ?, filename, content_type, bytes,
         hash, shown_as is not null, shown_as, place - 1
       from found)
     select id, bytes from found`,
    [ids, contentIds, agent, ticket, agent, message, agent],
  );
}
