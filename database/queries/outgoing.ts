import type { Language } from '../../domain/languages.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { attachmentColumns } from '../columns.ts';
import { reasonOfReminder } from './reminders.ts';
import type { AttachmentRow } from '../rows.ts';

/** What every mail of a ticket says beside its own words. */
export interface TicketOfMail {
  subject: string;
  customerName: string;
  customerEmail: string;
  companyName: string;
  /** As it stands in `From`. */
  mailboxName: string;
  mailboxAddress: string;
  /** Whether `local+token@domain` of it comes in. */
  plusAddresses: boolean;
  signature: string;
  signatureHtml: string | null;
}

export async function readTicketOfMail(
  trx: CompanyTransaction,
  ticket: number,
  mailbox: string | null,
): Promise<TicketOfMail | null> {
  const rows = await select<TicketOfMail>(
    trx,
    `select t.subject, coalesce(c.name, '') as "customerName",
       coalesce(c.email, '') as "customerEmail", y.name as "companyName",
       coalesce(b.display_name, b.name) as "mailboxName", b.address as "mailboxAddress",
       b.plus_addresses as "plusAddresses", b.signature, b.signature_html as "signatureHtml"
     from ticket t
     join mailbox b on b.company = t.company and b.id = coalesce(?, t.mailbox)
     join company y on y.id = t.company
     left join customer c on c.company = t.company and c.id = t.customer
     where t.company = ? and t.number = ?`,
    [mailbox, trx.company, ticket],
  );
  return rows[0] ?? null;
}

/** Who wrote an answer, as the mail says it. */
export interface WriterOfMail {
  name: string;
  signature: string;
  signatureHtml: string | null;
}

export async function readWriterOfMail(
  trx: CompanyTransaction,
  agent: string | null,
): Promise<WriterOfMail | null> {
  const rows = await select<WriterOfMail>(
    trx,
    `select name, signature, signature_html as "signatureHtml" from agent
     where company = ? and id = ?`,
    [trx.company, agent],
  );
  return rows[0] ?? null;
}

/** A mail of the conversation as the customer knows it. */
export interface ConversationMail {
  direction: 'in' | 'out';
  at: string;
  from: string;
  text: string;
  files: string[];
}

/**
 * What the customer wrote or got up to a seq, the assistant's answer too. Not what failed or
 * bounced: the customer never read it. A mail that was sent again is queued twice, and is one mail.
 */
export const conversation = `
  select e.seq, m.* from (
    select data->>'message' as message, min(seq) as seq from ticket_event
    where company = ? and ticket = ? and seq <= ? and type in ('received', 'queued', 'exchanged')
    group by data->>'message') e
  join message m on m.company = ? and m.id = e.message
  left join message_delivery d on d.company = m.company and d.message = m.id
  where (not m.automatic or m.kind = 'assistant') and (m.direction = 'in'
    or m.kind in ('reply', 'compose', 'assistant')
      and (d.state in ('sending', 'deferred', 'sent', 'uncertain') or m.exchange is not null))`;

/** The conversation's Message-IDs, oldest first: only the first and the last few of a long one. */
export async function readThread(
  trx: CompanyTransaction,
  ticket: number,
  upTo: number,
  atEachEnd: number,
): Promise<string[]> {
  const rows = await select<{ id: string }>(
    trx,
    `select id from (
       select c.message_id as id, row_number() over (order by c.seq) as place,
         count(*) over () as total
       from (${conversation} and m.message_id is not null) c) named
     where place <= ? or place > total - ? order by place`,
    [trx.company, ticket, upTo, trx.company, atEachEnd, atEachEnd],
  );
  return rows.map(({ id }) => id);
}

/** The newest mails of the conversation, oldest first, and how many there are before them. */
export async function readConversation(
  trx: CompanyTransaction,
  ticket: number,
  upTo: number,
  limit: number,
): Promise<{ mails: ConversationMail[]; earlier: number }> {
  const rows = await select<ConversationMail & { total: number }>(
    trx,
    `select direction, at, "from", text, files, total::int from (
       select c.seq, c.direction, c.at, count(*) over () as total,
         coalesce(nullif(a.name, ''), nullif(c.from_name, ''), c.from_address) as "from",
         coalesce(nullif(c.reply_text, ''), c.text) as text,
         array(select f.filename from attachment f
           where f.company = c.company and f.message = c.id order by f.position) as files
       from (${conversation}) c
       left join agent a on a.company = c.company and a.id = c.writer
       order by c.seq desc limit ?) newest
     order by seq`,
    [trx.company, ticket, upTo, trx.company, limit],
  );
  const mails = rows.map(({ total: _, ...mail }) => mail);
  return { mails, earlier: (rows[0]?.total ?? 0) - mails.length };
}

/** What the customer wrote last; null when only we have written. */
export async function readLastFromCustomer(
  trx: CompanyTransaction,
  ticket: number,
  upTo: number,
): Promise<Pick<ConversationMail, 'at' | 'from' | 'text'> | null> {
  const rows = await select<Pick<ConversationMail, 'at' | 'from' | 'text'>>(
    trx,
    `select at, coalesce(nullif(from_name, ''), from_address) as "from",
       coalesce(nullif(reply_text, ''), text) as text
     from (${conversation} and m.direction = 'in') c order by seq desc limit 1`,
    [trx.company, ticket, upTo, trx.company],
  );
  return rows[0] ?? null;
}

/** The seq of the event that queued a message for the first time. */
export async function readQueuedSeq(
  trx: CompanyTransaction,
  ticket: number,
  message: string,
): Promise<number> {
  const rows = await select<{ seq: number }>(
    trx,
    `select min(seq) as seq from ticket_event
     where company = ? and ticket = ? and type = 'queued' and data->>'message' = ?`,
    [trx.company, ticket, message],
  );
  return rows[0]?.seq ?? 0;
}

export function readAttachments(
  trx: CompanyTransaction,
  message: string,
): Promise<AttachmentRow[]> {
  return select<AttachmentRow>(
    trx,
    `select ${attachmentColumns} from attachment
     where company = ? and message = ? order by position`,
    [trx.company, message],
  );
}

interface ReminderMail {
  agentName: string;
  /** The agent's. */
  language: Language;
  kind: string;
  reason: string;
}

/** An agent and the kind of a reminder, for the mail that carries it. */
export async function readReminderMail(
  trx: CompanyTransaction,
  reminder: string,
): Promise<ReminderMail | null> {
  const rows = await select<ReminderMail>(
    trx,
    `select a.name as "agentName", coalesce(a.language, 'en') as language, r.kind,
       ${reasonOfReminder} as reason from reminder r
     join agent a on a.company = r.company and a.id = r.agent
     where r.company = ? and r.id = ?`,
    [trx.company, reminder],
  );
  return rows[0] ?? null;
}
