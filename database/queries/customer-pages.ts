import type { Language } from '../../domain/languages.ts';
import type { TicketState } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { StoredFile } from './attachments.ts';
import { customerNow } from './customer-now.ts';
import { conversation } from './outgoing.ts';

/** A ticket as its customer knows it. */
export interface CustomerTicket {
  companyName: string;
  /** Of the company's mails. */
  language: Language;
  subject: string;
  state: TicketState;
  closed: boolean;
  lastMessageAt: string | null;
  /** '' for what is not known. */
  customerName: string;
  customerEmail: string;
  mailbox: { id: string; address: string } | null;
}

/** Null when this company has no such ticket. */
export async function readCustomerTicket(
  trx: CompanyTransaction,
  number: number,
): Promise<CustomerTicket | null> {
  const rows = await select<CustomerTicket>(
    trx,
    `select y.name as "companyName", y.language, t.subject, t.state, t.closed,
       t.last_message_at as "lastMessageAt", coalesce(c.name, '') as "customerName",
       coalesce(c.email, '') as "customerEmail",
       case when b.id is null then null
         else json_build_object('id', b.id, 'address', b.address) end as mailbox
     from ticket t
     join company y on y.id = t.company
     left join customer c on c.company = t.company and c.id = t.customer
     left join mailbox b on b.company = t.company and b.id = t.mailbox
     where t.company = ? and t.number = ?`,
    [trx.company, number],
  );
  return rows[0] ?? null;
}

/** A mail as the customer's page shows it: no addresses, and files that nothing was found in. */
export interface CustomerMail {
  id: string;
  at: string;
  /** Whether the customer of the ticket wrote it. */
  isTheirs: boolean;
  direction: 'in' | 'out';
  /** A name; '' when only an address is known. */
  from: string;
  text: string;
  files: { id: string; filename: string; bytes: number }[];
}

/** Of the whole log. */
const TO_THE_END = 2_147_483_647;

/**
 * What the customer wrote or got. What others wrote into the ticket only where it went to the
 * customer too, as far as its headers say.
 */
const seen = `
  select c.*, t.customer as of_customer from (${conversation}) c
  join ticket t on t.company = c.company and t.number = c.ticket
  where c.direction = 'out' or ${customerNow('c')} = t.customer or exists (
    select from customer_address k where k.company = c.company and k.customer = t.customer
      and k.address in (select lower(a) from unnest(c.recipients || c.cc) a))`;

/** The newest of them, oldest first, and how many there are before them. */
export async function readCustomerMails(
  trx: CompanyTransaction,
  number: number,
  limit: number,
): Promise<{ mails: CustomerMail[]; earlier: number }> {
  const rows = await select<CustomerMail & { total: number }>(
    trx,
    `select id, at, "isTheirs", direction, "from", text, files, total::int from (
       select s.seq, s.id, s.at, s.direction, count(*) over () as total,
         s.direction = 'in' and ${customerNow('s')} = s.of_customer as "isTheirs",
         coalesce(nullif(a.name, ''), s.from_name, '') as "from",
         coalesce(nullif(s.reply_text, ''), s.text) as text,
         (select coalesce(json_agg(json_build_object('id', f.id, 'filename', f.filename,
            'bytes', f.bytes) order by f.position, f.id), '[]')
          from attachment f where f.company = s.company and f.message = s.id
            and f.threat is null) as files
       from (${seen}) s left join agent a on a.company = s.company and a.id = s.writer
       order by s.seq desc limit ?) newest
     order by seq`,
    [trx.company, number, TO_THE_END, trx.company, limit],
  );
  const mails = rows.map(({ total: _, ...mail }) => mail);
  return { mails, earlier: (rows[0]?.total ?? 0) - mails.length };
}

/** A file of those mails; null for all others. */
export async function findCustomerFile(
  trx: CompanyTransaction,
  number: number,
  id: string,
): Promise<StoredFile | null> {
  const rows = await select<StoredFile>(
    trx,
    `select f.filename, f.content_type as "contentType", f.bytes, f.hash, f.threat
     from (${seen}) s
     join attachment f on f.company = s.company and f.message = s.id
     where f.id = ? and f.threat is null`,
    [trx.company, number, TO_THE_END, trx.company, id],
  );
  return rows[0] ?? null;
}

/** Whether a mail has reached its ticket, or whoever decides about it. */
export async function isMailSettled(trx: CompanyTransaction, mail: string): Promise<boolean> {
  const rows = await select<{ id: string }>(
    trx,
    `select id from mail where company = ? and id = ? and outcome <> 'pending'`,
    [trx.company, mail],
  );
  return rows.length > 0;
}
