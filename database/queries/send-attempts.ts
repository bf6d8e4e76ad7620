import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { messageColumns, sendAttemptColumns } from '../columns.ts';
import type { MessageRow, RefusedRecipient, SendAttemptRow } from '../rows.ts';

/** Begins an attempt; false when it exists already, begun by another worker or run. */
export async function beginAttempt(
  trx: CompanyTransaction,
  attempt: { message: string; attempt: number; ticket: number; leaseMs: number },
): Promise<boolean> {
  const rows = await select<{ attempt: number }>(
    trx,
    `insert into send_attempt (company, message, attempt, ticket, lease_until)
     values (?, ?, ?, ?, now() + make_interval(secs => ?))
     on conflict do nothing returning attempt`,
    [trx.company, attempt.message, attempt.attempt, attempt.ticket, attempt.leaseMs / 1_000],
  );
  return rows.length > 0;
}

/** An attempt, locked; `leased` while its worker shows that it lives. */
export async function lockAttempt(
  trx: CompanyTransaction,
  message: string,
  attempt: number,
): Promise<(SendAttemptRow & { leased: boolean }) | null> {
  const rows = await select<SendAttemptRow & { leased: boolean }>(
    trx,
    `select ${sendAttemptColumns}, lease_until > now() as leased from send_attempt
     where company = ? and message = ? and attempt = ? for update`,
    [trx.company, message, attempt],
  );
  return rows[0] ?? null;
}

export async function renewLease(
  trx: CompanyTransaction,
  message: string,
  attempt: number,
  leaseMs: number,
): Promise<void> {
  await trx.raw(
    `update send_attempt set lease_until = now() + make_interval(secs => ?)
     where company = ? and message = ? and attempt = ? and outcome is null`,
    [leaseMs / 1_000, trx.company, message, attempt],
  );
}

/**
 * Commits that the content is about to be handed over. False when somebody gave the attempt up
 * meanwhile: then nothing may be handed over any more.
 */
export async function markHandedOver(
  trx: CompanyTransaction,
  message: string,
  attempt: number,
): Promise<boolean> {
  const rows = await select<{ attempt: number }>(
    trx,
    `update send_attempt set handed_over_at = now()
     where company = ? and message = ? and attempt = ? and outcome is null returning attempt`,
    [trx.company, message, attempt],
  );
  return rows.length > 0;
}

/** Writes the attempt's one outcome; one that has an outcome keeps it, and it is returned. */
export async function finishAttempt(
  trx: CompanyTransaction,
  message: string,
  attempt: number,
  result: {
    outcome: NonNullable<SendAttemptRow['outcome']>;
    code: number | null;
    response: string;
    refused?: readonly RefusedRecipient[];
  },
): Promise<NonNullable<SendAttemptRow['outcome']>> {
  const rows = await select<{ outcome: NonNullable<SendAttemptRow['outcome']> }>(
    trx,
    `update send_attempt set
       outcome = coalesce(outcome, ?), code = case when outcome is null then ? else code end,
       response = case when outcome is null then ? else response end,
       refused = case when outcome is null then ?::jsonb else refused end,
       finished_at = coalesce(finished_at, now())
     where company = ? and message = ? and attempt = ? returning outcome`,
    [
      ...[result.outcome, result.code, result.response, JSON.stringify(result.refused ?? [])],
      ...[trx.company, message, attempt],
    ],
  );
  return rows[0]?.outcome ?? result.outcome;
}

export async function readOutgoing(
  trx: CompanyTransaction,
  message: string,
): Promise<(MessageRow & { plus_addresses: boolean }) | null> {
  const rows = await select<MessageRow & { plus_addresses: boolean }>(
    trx,
    `select ${messageColumns}, coalesce(b.plus_addresses, true) as plus_addresses from message m
     left join mailbox b on b.company = m.company and b.id = m.mailbox
     where m.company = ? and m.id = ? and m.direction = 'out'`,
    [trx.company, message],
  );
  return rows[0] ?? null;
}

/** Keeps what the first attempt rendered: later attempts send the same bytes. */
export async function keepRendered(
  trx: CompanyTransaction,
  message: string,
  rendered: Partial<MessageRow> & { rendered_hash: string },
): Promise<void> {
  await trx('message').where({ company: trx.company, id: message }).update(rendered);
}
