import { refused } from '../domain/errors.ts';
import type { CompanyTransaction } from '../database/client.ts';
import { holdCustomer } from '../database/queries/customer-now.ts';
import { firstSubjectId, keepText } from '../database/queries/facts.ts';
import { customerByAddress, customerOfTicket } from '../database/queries/intake.ts';
import { lockMail, splitMessage, updateMail } from '../database/queries/mail-rows.ts';
import { allocateNumber } from '../database/queries/ticket-log.ts';
import type { MailRow } from '../database/rows.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOverNow } from './hand-over.ts';

/**
 * Makes a ticket of its own of a mail that somebody else wrote into a customer's ticket, once. It
 * is pointed at the new ticket in one transaction and handed over like any mail; its first command
 * there links both tickets, and the log of the old one goes on naming it where it came in.
 * @throws RefusedError when it is the customer's own, or in no ticket
 */
export async function splitMail(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
): Promise<void> {
  await dependencies.database.withCompany(company, async (trx) => {
    const mail = await lockMail(trx, id);
    if (!mail) throw refused('not_found', `There is no mail "${id}".`);
    if (mail.new_ticket && mail.follow_up_of !== null) return;
    await point(trx, mail);
  });
  await handOverNow(dependencies, company, id);
}

async function point(trx: CompanyTransaction, mail: MailRow): Promise<void> {
  const { ticket: from, message } = mail;
  if (mail.outcome !== 'added' || from === null || message === null) {
    throw refused('not_allowed', `The mail was not added to a ticket; it is ${mail.outcome}.`, {
      state: mail.outcome,
      allowed: ['added'],
    });
  }
  const writer = await customerByAddress(trx, mail.from_address, mail.from_name);
  const customer = (await holdCustomer(trx, writer)) ?? writer;
  if (customer === (await customerOfTicket(trx, from))) {
    throw refused('not_allowed', 'The mail is from the customer of its ticket; it stays there.', {
      state: 'customer',
      allowed: ['stranger'],
    });
  }
  const ticket = await allocateNumber(trx);
  await keepText(trx, ticket, firstSubjectId(ticket), mail.subject);
  await updateMail(trx, mail.id, {
    outcome: 'pending',
    reason: `an agent made a ticket of it; it had come into ticket ${from}`,
    ticket,
    new_ticket: true,
    follow_up_of: from,
    customer,
    stranger: false,
    lease_until: null,
    attempts: 0,
  });
  await splitMessage(trx, message, { ticket, customer });
}
