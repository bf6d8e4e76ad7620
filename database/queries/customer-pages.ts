import type { Language } from '../../domain/languages.ts';
import type { TicketState } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

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
