import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Authentication } from '../../domain/authentication.ts';
import type { MailOutcome } from '../rows.ts';
import { allocateNumber } from './ticket-log.ts';
import { firstSubjectId, keepText } from './facts.ts';
import { notifyMails } from './live.ts';
import { moveContent } from './mail-rows.ts';

/** Gives a mail its one outcome; one that has an outcome keeps it. Without reason, as stored. */
export async function setOutcome(
  trx: CompanyTransaction,
  mail: string,
  outcome: Exclude<MailOutcome, 'pending'>,
  reason: string | null,
): Promise<void> {
  await select(
    trx,
    `update mail set lease_until = null, reason = coalesce(?, reason),
       -- Every delivery report is a bounce, also one that names no mail of ours.
       outcome = case when automatic_kind = 'report' and ? = 'automatic' then 'bounce' else ? end
     where company = ? and id = ? and outcome = 'pending'`,
    [reason, outcome, outcome, trx.company, mail],
  );
}

/** Sets a mail aside before any ticket has it; a number that was meant for it stays unused. */
export async function parkMail(
  trx: CompanyTransaction,
  mail: string,
  reason: string,
  authentication: Authentication | null,
  threat: string | null = null,
): Promise<void> {
  await select(
    trx,
    `update mail set outcome = 'parked', reason = ?, authentication = ?, threat = ?,
       lease_until = null,
       ticket = null, new_ticket = false, follow_up_of = null, stranger = false
     where company = ? and id = ? and outcome = 'pending'`,
    [reason, authentication, threat, trx.company, mail],
  );
  await notifyMails(trx);
}

/** Parks a mail that was read and that its ticket refuses; one with an outcome keeps that. */
export async function parkRefused(
  trx: CompanyTransaction,
  { mail, ticket }: { mail: string; ticket: number },
  reason: string,
): Promise<void> {
  const parked = await select<{ id: string }>(
    trx,
    `update mail set outcome = 'parked', reason = ?, lease_until = null
     where company = ? and id = ? and ticket = ? and outcome = 'pending' and message is not null
     returning id`,
    [reason, trx.company, mail, ticket],
  );
  if (parked.length > 0) await notifyMails(trx);
}

/**
 * Points a mail that came to a closed ticket at a new one; the next sweep hands it over there.
 * @returns the number of the new ticket
 */
export async function beginFollowUp(
  trx: CompanyTransaction,
  mail: string,
  closed: number,
): Promise<number> {
  const number = await allocateNumber(trx);
  const row: { subject: string; message: string | null } | undefined = await trx('mail')
    .where({ company: trx.company, id: mail })
    .first('subject', 'message');
  await trx('mail')
    .where({ company: trx.company, id: mail })
    .update({ ticket: number, new_ticket: true, follow_up_of: closed, lease_until: null });
  const message = row?.message ?? null;
  if (message !== null) await moveContent(trx, message, { ticket: number });
  await keepText(trx, number, firstSubjectId(number), row?.subject ?? '');
  return number;
}
