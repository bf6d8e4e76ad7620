import type { Authentication } from '../../domain/authentication.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { customerNow } from './customer-now.ts';
import type { RefusedRecipient } from '../rows.ts';

/** A mail as the timeline shows it, with where its sending stands. */
export interface TimelineMessage {
  id: string;
  mail: string | null;
  direction: 'in' | 'out';
  kind: string;
  fromName: string;
  fromAddress: string;
  recipients: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  text: string;
  replyText: string;
  quotedText: string;
  html: string | null;
  messageId: string | null;
  automatic: boolean;
  authentication: Authentication | null;
  /** Another one than that of its event, when it was made a ticket of its own. */
  ticket: number;
  stranger: boolean;
  forwardedBy: { id: string; name: string } | null;
  warning: string | null;
  /** An agent said so of its sender, and nothing says that it came from somebody else. */
  remoteImages: boolean;
  state: string | null;
  stateAt: string | null;
  leaveAt: string | null;
  nextTryAt: string | null;
  /** What the other server said last; '' when nothing. */
  response: string;
  /** Those of its recipients whom the other server refused, while it took the mail for others. */
  refused: RefusedRecipient[];
  bounceReason: string | null;
  attachments: TimelineAttachment[];
  /** Said in the support module: there was no mail. */
  exchange: boolean;
}

export interface TimelineAttachment {
  id: string;
  filename: string;
  contentType: string;
  size: number;
  inline: boolean;
  contentId: string | null;
  threat: string | null;
}

const messages = `
select m.id, m.ticket, m.mail, m.direction, m.kind,
  coalesce(nullif(m.from_name, ''), (
    select c.name from customer_address a
    join customer c on c.company = a.company and c.id = a.customer
    where m.direction = 'in' and a.company = m.company and a.address = lower(m.from_address)
      and c.id = ${customerNow('m')}), '') as "fromName",
  m.from_address as "fromAddress", m.recipients, m.cc, m.bcc, m.subject, m.text,
  m.reply_text as "replyText", m.quoted_text as "quotedText", m.html,
  m.message_id as "messageId", m.automatic, m.authentication, m.stranger, m.warning,
  m.exchange is not null as exchange,
  (coalesce(m.authentication->>'verdict', '') <> 'failed' and exists (
     select from image_sender i
     where i.company = m.company and i.address = lower(m.from_address))) as "remoteImages",
  (select json_build_object('id', f.id, 'name', f.name) from agent f
   where f.company = m.company and f.id = m.forwarded_by) as "forwardedBy",
  d.state, d.at as "stateAt", d.leave_at as "leaveAt", d.next_at as "nextTryAt",
  coalesce(s.response, '') as response, coalesce(s.refused, '[]') as refused,
  case when d.state = 'bounced' then (
    select l.reason from message b join mail l on l.company = b.company and l.id = b.mail
    where b.company = m.company and b.ticket = m.ticket and l.bounce_of = m.id
    order by b.at desc limit 1) end as "bounceReason",
  (select coalesce(json_agg(json_build_object('id', a.id, 'filename', a.filename,
     'contentType', a.content_type, 'size', a.bytes, 'inline', a.inline,
     'contentId', a.content_id, 'threat', a.threat) order by a.position, a.id), '[]')
   from attachment a where a.company = m.company and a.message = m.id) as attachments
from message m
left join message_delivery d on d.company = m.company and d.message = m.id
left join lateral (select response, refused from send_attempt s
  where s.company = m.company and s.message = m.id and s.outcome is not null
  order by s.attempt desc limit 1) s on true
where m.id = any(?)`;

export async function readTimelineMessages(
  trx: CompanyTransaction,
  ids: readonly string[],
): Promise<Map<string, TimelineMessage>> {
  if (ids.length === 0) return new Map();
  const rows = await select<TimelineMessage>(trx, messages, [[...ids]]);
  return new Map(rows.map((row) => [row.id, row]));
}

const named = {
  agent: 'select id, name from agent where id = any(?)',
  team: 'select id, name from team where id = any(?)',
  label: 'select id, name from label where id = any(?)',
  ticket_text: 'select id, text as name from ticket_text where id = any(?)',
} as const;

/** The name, or the text, that each of these ids stands for. */
export async function readNames(
  trx: CompanyTransaction,
  kind: keyof typeof named,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await select<{ id: string; name: string }>(trx, named[kind], [[...ids]]);
  return new Map(rows.map((row) => [row.id, row.name]));
}
