import { createHash } from 'node:crypto';

import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** Letters of a hash that tell apart the few recipients one mail is ever sent to. */
const RECIPIENTS_ID_LENGTH = 20;

/** Where an outgoing mail stands. */
export interface Delivery {
  id: string;
  ticket: number;
  state: string;
  sendAt: string | null;
  nextTryAt: string | null;
}

/** An outgoing mail that was queued once; null when this company has none of that id. */
export async function findDelivery(trx: CompanyTransaction, id: string): Promise<Delivery | null> {
  const rows = await select<Delivery>(
    trx,
    `select d.message as id, d.ticket, d.state, d.leave_at as "sendAt", d.next_at as "nextTryAt"
     from message_delivery d join message m on m.company = d.company and m.id = d.message
     where d.message = ? and d.kind <> 'reminder'`,
    [id],
  );
  return rows[0] ?? null;
}

/** An outgoing mail as the list of sends that need a person shows it. */
export interface UndeliveredMail {
  id: string;
  ticket: { number: number; subject: string };
  kind: string;
  state: string;
  at: string;
  nextTryAt: string | null;
  to: string[];
  cc: string[];
  subject: string;
  snippet: string;
  writer: { id: string; name: string } | null;
  reason: string | null;
}

/**
 * Servers that greet strangers late take their mail within minutes: only what is put off for longer
 * is worth a look.
 */
const PUT_OFF_LONG = '15 minutes';

/** Few at any time, and with an index of their own: all that the console asks for. */
const unsettled = ['failed', 'uncertain', 'bounced', 'deferred for long'];
/** Says nothing new; it is the index's own condition, which no plan could see otherwise. */
const IS_UNSETTLED = `and d.state in ('failed', 'uncertain', 'bounced', 'deferred')`;

/**
 * Mails whose sending stands in one of these states, the newest change first. `deferred for long`
 * names those that are put off again and again.
 */
export async function listSentMail(
  trx: CompanyTransaction,
  states: readonly string[],
  { limit, cursor }: PageRequest,
): Promise<Page<UndeliveredMail>> {
  const key = cursor === null ? null : readCursor(cursor, 'messages');
  const [at, id] = key === null ? [null, null] : [key.time(), key.text()];
  const rows = await select<UndeliveredMail>(
    trx,
    `select m.id, json_build_object('number', t.number, 'subject', t.subject) as ticket,
       d.kind, d.state, d.at, d.next_at as "nextTryAt",
       m.recipients as to, m.cc, m.subject, m.snippet,
       case when a.id is null then null
         else json_build_object('id', a.id, 'name', a.name) end as writer,
       case when d.state = 'bounced' then (
         select l.reason from mail l where l.company = d.company and l.bounce_of = d.message
         order by l.received_at desc limit 1)
       else (select nullif(s.response, '') from send_attempt s
         where s.company = d.company and s.message = d.message and s.outcome is not null
         order by s.attempt desc limit 1) end as reason
     from message_delivery d
     join message m on m.company = d.company and m.id = d.message
     join ticket t on t.company = d.company and t.number = d.ticket
     left join agent a on a.company = m.company and a.id = m.writer
     where (d.state = any(?) or (d.state = 'deferred' and ? and exists (
         select from send_attempt s where s.company = d.company and s.message = d.message
           and s.started_at < now() - ?::interval)))
       ${states.every((state) => unsettled.includes(state)) ? IS_UNSETTLED : ''}
       and d.kind <> 'reminder'
       and (?::timestamptz is null or (d.at, d.message) < (?::timestamptz, ?))
     order by d.at desc, d.message desc limit ?`,
    [[...states], states.includes('deferred for long'), PUT_OFF_LONG, at, at, id, limit + 1],
  );
  return pageOf(rows, limit, 'messages', (row) => [row.at, row.id]);
}

/** Keeps other recipients of a mail until its resending is decided. Returns the id to name them. */
export async function keepRecipients(
  trx: CompanyTransaction,
  message: string,
  recipients: readonly string[],
): Promise<string> {
  // The same ones have the same id, so that a repeated call asks the same; it tells no address.
  const told = JSON.stringify([trx.company, message, recipients]);
  const id = createHash('sha256').update(told).digest('hex').slice(0, RECIPIENTS_ID_LENGTH);
  await select(
    trx,
    `update message set resend_to = resend_to || jsonb_build_object(?::text, ?::jsonb)
     where company = ? and id = ?`,
    [id, JSON.stringify(recipients), trx.company, message],
  );
  return id;
}

/** Sends a mail to kept recipients from its next attempt on; it is rendered anew for that. */
export async function takeRecipients(
  trx: CompanyTransaction,
  message: string,
  id: string,
): Promise<void> {
  await select(
    trx,
    `update message set rendered_hash = null, resend_to = resend_to - ?::text,
       recipients = array(select jsonb_array_elements_text(resend_to -> ?::text))
     where company = ? and id = ? and jsonb_exists(resend_to, ?)`,
    [id, id, trx.company, message, id],
  );
}

/** HTML of a mail, in or out; null when there is no such mail, or it has only text. */
export async function readMailBody(
  trx: CompanyTransaction,
  id: string,
): Promise<{
  html: string | null;
  text: string;
  files: { id: string; contentId: string }[];
} | null> {
  const rows = await select<{
    html: string | null;
    text: string;
    files: { id: string; contentId: string }[];
  }>(
    trx,
    `select m.html, m.text, coalesce((
       select json_agg(json_build_object('id', a.id, 'contentId', a.content_id))
       from attachment a where a.company = m.company and a.message = m.id
         and a.content_id is not null), '[]') as files
     from message m where m.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}
