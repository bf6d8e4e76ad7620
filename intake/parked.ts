import { refused } from '../domain/errors.ts';
import type { CompanyTransaction } from '../database/client.ts';
import { firstSubjectId, keepText } from '../database/queries/facts.ts';
import { customerByAddress, findTicket } from '../database/queries/intake.ts';
import { notifyCounts } from '../database/queries/live.ts';
import { lockMail, moveContent, updateMail } from '../database/queries/mail-rows.ts';
import { allocateNumber } from '../database/queries/ticket-log.ts';
import type { MailRow } from '../database/rows.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOverNow } from './hand-over.ts';
import { TAKEN_OUT } from './prepare-mail.ts';

/** Makes a ticket of a parked mail. @throws RefusedError when it is not parked */
export async function acceptParked(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
): Promise<{ ticket: number }> {
  const ticket = await dependencies.database.withCompany(company, async (trx) => {
    const mail = await readParked(trx, id);
    const customer = await senderOf(trx, mail);
    const number = await allocateNumber(trx);
    await keepText(trx, number, firstSubjectId(number), mail.subject);
    await unpark(trx, mail, { ticket: number, customer, isNew: true });
    return number;
  });
  await handOverNow(dependencies, company, id);
  return { ticket };
}

/** Adds a parked mail to a ticket. @throws RefusedError when either is not there */
export async function attachParked(
  dependencies: IntakeDependencies,
  company: string,
  id: string,
  ticket: number,
): Promise<{ ticket: number }> {
  await dependencies.database.withCompany(company, async (trx) => {
    const mail = await readParked(trx, id);
    const known = await findTicket(trx, ticket);
    if (!known) throw refused('not_found', `There is no ticket ${ticket}.`);
    const customer = await senderOf(trx, mail);
    await unpark(trx, mail, { ticket, customer, isNew: false });
  });
  await handOverNow(dependencies, company, id);
  return { ticket };
}

async function readParked(trx: CompanyTransaction, id: string): Promise<MailRow> {
  const mail = await lockMail(trx, id);
  if (!mail) throw refused('not_found', `There is no mail "${id}".`);
  if (mail.outcome !== 'parked') {
    throw refused('not_allowed', `The mail is not parked; its outcome is ${mail.outcome}.`, {
      state: mail.outcome,
      allowed: ['parked'],
    });
  }
  return mail;
}

function senderOf(trx: CompanyTransaction, mail: MailRow): Promise<string> {
  return customerByAddress(trx, mail.from_address, mail.from_name);
}

async function unpark(
  trx: CompanyTransaction,
  mail: MailRow,
  { ticket, customer, isNew }: { ticket: number; customer: string; isNew: boolean },
): Promise<void> {
  await updateMail(trx, mail.id, {
    outcome: 'pending',
    reason: TAKEN_OUT,
    ticket,
    new_ticket: isNew,
    customer,
    lease_until: null,
    attempts: 0,
  });
  await notifyCounts(trx);
  // It was parsed already when it is its ticket that could not take it.
  if (mail.message !== null) await moveContent(trx, mail.message, { ticket, customer });
}
