import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { AttachmentRow } from '../rows.ts';

/** What every mail of a ticket says beside its own words. */
export interface TicketOfMail {
  subject: string;
  customerName: string;
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
       coalesce(b.display_name, b.name) as "mailboxName", b.address as "mailboxAddress",
       b.plus_addresses as "plusAddresses", b.signature, b.signature_html as "signatureHtml"
     from ticket t
     join mailbox b on b.company = t.company and b.id = coalesce(?, t.mailbox)
     left join customer c on c.company = t.company and c.id = t.customer
     where t.company = ? and t.number = ?`,
    [mailbox, trx.company, ticket],
  );
  return rows[0] ?? null;
}

/** A mail of the conversation as the customer knows it. */
export interface ConversationMail {
  seq: number;
  direction: 'in' | 'out';
  messageId: string | null;
  at: string;
  from: string;
  text: string;
  files: string[];
}

/** The mails that the customer wrote or got before a seq, oldest first. */
export function readConversation(
  trx: CompanyTransaction,
  ticket: number,
  beforeSeq: number,
): Promise<ConversationMail[]> {
  return select<ConversationMail>(
    trx,
    `select e.seq, m.direction, m.message_id as "messageId", m.at,
       coalesce(nullif(a.name, ''), nullif(m.from_name, ''), m.from_address) as "from",
       coalesce(nullif(m.reply_text, ''), m.text) as text,
       array(select f.filename from attachment f
         where f.company = m.company and f.message = m.id order by f.position) as files
     from (
       -- A mail that was sent again is queued twice, and is one mail.
       select data->>'message' as message, min(seq) as seq from ticket_event
       where company = ? and ticket = ? and seq <= ? and type in ('received', 'queued')
       group by data->>'message') e
     join message m on m.company = ? and m.id = e.message
     left join agent a on a.company = m.company and a.id = m.writer
     left join message_delivery d on d.company = m.company and d.message = m.id
     where (m.direction = 'in' or m.kind in ('reply', 'compose', 'assistant')
         and d.state not in ('cancelled', 'waiting'))
       and not m.automatic
     order by e.seq`,
    [trx.company, ticket, beforeSeq, trx.company],
  );
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
    'select * from attachment where company = ? and message = ? order by position',
    [trx.company, message],
  );
}

/** An agent and the kind of a reminder, for the mail that carries it. */
export async function readReminderMail(
  trx: CompanyTransaction,
  reminder: string,
): Promise<{ agentName: string; kind: string } | null> {
  const rows = await select<{ agentName: string; kind: string }>(
    trx,
    `select a.name as "agentName", r.kind from reminder r
     join agent a on a.company = r.company and a.id = r.agent
     where r.company = ? and r.id = ?`,
    [trx.company, reminder],
  );
  return rows[0] ?? null;
}
