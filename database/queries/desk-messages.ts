import type { TicketEvent } from '../../domain/ticket/events.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { writtenTo } from './outgoing-mail.ts';

type Queued = Extract<TicketEvent, { type: 'queued' }>;

/**
 * Makes the rows of mails that the desk writes itself: everything about them follows from the
 * event, and their words are rendered by the first attempt to send them.
 */
export async function insertDeskMessage(
  trx: CompanyTransaction,
  ticket: number,
  event: Queued,
): Promise<void> {
  const [mailbox] = await select<MailboxOfTicket>(
    trx,
    `select b.id, coalesce(${writtenTo}, b.address) as address,
       coalesce(b.display_name, b.name) as name, t.customer, c.email
     from ticket t
     join mailbox b on b.company = t.company and b.id = t.mailbox
     left join customer c on c.company = t.company and c.id = t.customer
     where t.company = ? and t.number = ?`,
    [trx.company, ticket],
  );
  if (!mailbox) throw new Error(`ticket ${ticket} has no mailbox to send "${event.message}" from`);
  const isReminder = event.kind === 'reminder';
  const recipient = isReminder ? await agentEmail(trx, event.to) : mailbox.email;
  await trx('message')
    .insert({
      company: trx.company,
      id: event.message,
      ticket,
      direction: 'out',
      kind: event.kind,
      mailbox: mailbox.id,
      customer: isReminder ? null : mailbox.customer,
      recipient: event.to,
      message_id: `${event.message}.${trx.company}@${domainOf(mailbox.address)}`,
      from_name: mailbox.name,
      from_address: mailbox.address,
      recipients: recipient === null ? [] : [recipient],
      automatic: true,
      at: event.at,
      up_to: event.upTo,
    })
    .onConflict(['company', 'id'])
    .ignore();
}

interface MailboxOfTicket {
  id: string;
  address: string;
  name: string;
  customer: string | null;
  email: string | null;
}

async function agentEmail(trx: CompanyTransaction, agent: string | null): Promise<string | null> {
  const row: { email: string } | undefined = await trx('agent')
    .where({ company: trx.company, id: agent })
    .first('email');
  return row?.email ?? null;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
