import type { AssistantMode } from '../../domain/ticket/assistant.ts';
import type { AgentFact, MailFact, MessageFact, OriginFact } from '../../domain/ticket/facts.ts';
import type { MessageKind, Then } from '../../domain/ticket/ticket.ts';
import { insert, select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { readSaid } from './said.ts';
import type { AutomaticKind, MailOutcome, MailVia } from '../rows.ts';

/** Id of the text that a ticket's first subject is kept under. */
export function firstSubjectId(ticket: number): string {
  return `subject-${ticket}`;
}

/** The named agents of this company; who is not in it is not in the answer. */
export async function readAgentFacts(
  trx: CompanyTransaction,
  ids: readonly string[],
): Promise<{ [id: string]: AgentFact }> {
  if (ids.length === 0) return {};
  const rows = await select<AgentFact & { id: string }>(
    trx,
    `select a.id, a.active, a.no_mail_for as "noMailFor", array(select t.team from agent_team t
       where t.company = a.company and t.agent = a.id) as teams
     from agent a where a.company = ? and a.id = any(?)`,
    [trx.company, [...ids]],
  );
  return Object.fromEntries(rows.map(({ id, ...fact }) => [id, fact]));
}

/** The company's own reopen window in milliseconds; null = the desk's default. */
export async function readReopenWindow(trx: CompanyTransaction): Promise<number | null> {
  const rows = await select<{ ms: number | null }>(
    trx,
    'select reopen_window_ms as ms from company where id = ?',
    [trx.company],
  );
  return rows[0]?.ms ?? null;
}

interface MailFactRow {
  id: string;
  via: MailVia;
  outcome: MailOutcome;
  message: string | null;
  automatic_kind: AutomaticKind | null;
  bounce_of: string | null;
  bounce_failed: boolean;
  mailbox: string;
  customer: string | null;
  team: string | null;
  acknowledge: boolean;
  assistant: AssistantMode;
  follow_up_of: number | null;
  new_ticket: boolean;
  import_as: 'solved' | 'new' | null;
  received_at: string;
  exchange: string | null;
}

/** A stored and parsed mail of this ticket; null when there is none. */
export async function readMailFact(
  trx: CompanyTransaction,
  ticket: number,
  mail: string,
): Promise<MailFact | null> {
  const rows = await select<MailFactRow>(
    trx,
    `select m.id, m.via, m.outcome, m.message, m.automatic_kind, m.bounce_of, m.bounce_failed,
       m.mailbox, m.customer, b.team, m.follow_up_of, m.new_ticket,
       m.import_as, m.received_at, m.exchange,
       -- Whoever was forwarded by an agent has not written to this mailbox; whom the assistant did
       -- not help on the page wants a person.
       b.acknowledge and not f.forwarded as acknowledge,
       case when b.assistant = 'answer' and (f.forwarded or m.exchange is not null)
         then 'suggest' else b.assistant end
         as assistant
     from mail m join mailbox b on b.company = m.company and b.id = m.mailbox
     cross join lateral (select exists (select from message f where f.company = m.company
       and f.id = m.message and f.forwarded_by is not null) as forwarded) f
     where m.company = ? and m.id = ? and m.ticket = ?`,
    [trx.company, mail, ticket],
  );
  const row = rows[0];
  if (!row || row.message === null || row.customer === null) return null;
  const bounced = row.bounce_of === null ? null : await readMessageFact(trx, ticket, row.bounce_of);
  return {
    id: row.id,
    taken: row.outcome !== 'pending',
    message: row.message,
    via: row.via === 'form' ? 'form' : 'mail',
    automatic: isQuiet(row),
    bounce: bounced ? { message: bounced, failed: row.bounce_failed } : null,
    imported:
      row.import_as === null ? null : { at: row.received_at, solved: row.import_as === 'solved' },
    acknowledge: row.acknowledge,
    assistant: row.assistant,
    ...(row.exchange === null ? {} : { said: await readSaid(trx, ticket, row.exchange) }),
    origin: {
      mailbox: row.mailbox,
      customer: row.customer,
      team: row.team,
      subject: firstSubjectId(ticket),
      followUpOf: row.follow_up_of,
    },
  };
}

/** What came through a list may be a person's answer, but nobody answers a list by machine. */
function isQuiet({ automatic_kind: kind, new_ticket: isNew }: MailFactRow): boolean {
  return kind !== null && (kind !== 'bulk' || isNew);
}

interface MessageFactRow {
  id: string;
  kind: MessageKind;
  writer: string | null;
  undo_seconds: number | null;
  send_at: string | null;
  drop_if_customer_writes: boolean;
  seen: number | null;
  after_undo: Then | null;
  empty: boolean;
  state: MessageFact['delivery'];
  attempts: number | null;
  refused_some: boolean;
  other_recipients: string[];
  mailbox: string | null;
  customer: string | null;
  team: string | null;
}

/** An outgoing message of this ticket and where its sending stands. */
export async function readMessageFact(
  trx: CompanyTransaction,
  ticket: number,
  message: string,
): Promise<MessageFact | null> {
  const rows = await select<MessageFactRow>(
    trx,
    `select m.id, m.kind, m.writer, m.undo_seconds, m.send_at, m.drop_if_customer_writes, m.seen,
       m.after_undo, d.state, d.attempt as attempts, m.mailbox, m.customer, b.team,
       exists (select from send_attempt s where s.company = m.company and s.message = m.id
         and s.attempt = d.attempt and s.refused <> '[]') as refused_some,
       array(select jsonb_object_keys(m.resend_to)) as other_recipients,
       trim(m.text) = '' and m.html is null and not exists (select from attachment a
         where a.company = m.company and a.message = m.id) as empty
     from message m
     left join message_delivery d on d.company = m.company and d.message = m.id
     left join mailbox b on b.company = m.company and b.id = m.mailbox
     where m.company = ? and m.id = ? and m.ticket = ? and m.direction = 'out'`,
    [trx.company, message, ticket],
  );
  const row = rows[0];
  return row ? { ...asMessageFact(row), origin: originOf(row, ticket) } : null;
}

function asMessageFact(row: MessageFactRow): Omit<MessageFact, 'origin'> {
  return {
    id: row.id,
    kind: row.kind,
    writer: row.writer,
    undoMs: (row.undo_seconds ?? 0) * 1_000,
    sendAt: row.send_at,
    dropIfCustomerWrites: row.drop_if_customer_writes,
    seen: row.seen,
    then: row.after_undo,
    empty: row.empty,
    delivery: row.state,
    attempts: row.attempts ?? 0,
    refusedSome: row.refused_some,
    otherRecipients: row.other_recipients,
  };
}

function originOf(row: MessageFactRow, ticket: number): OriginFact | null {
  if (row.mailbox === null || row.customer === null) return null;
  return {
    mailbox: row.mailbox,
    customer: row.customer,
    team: row.team,
    subject: firstSubjectId(ticket),
    followUpOf: null,
  };
}

/** Whether rows exist that a command names by id; null when not. */
export async function readNamed(
  trx: CompanyTransaction,
  table: 'team' | 'ticket_text',
  id: string,
): Promise<{ id: string } | null> {
  const row: { id: string } | undefined = await trx(table)
    .where({ company: trx.company, id })
    .first('id');
  return row ?? null;
}

/** A label by its id or, as people type it by hand, its name. */
export async function readLabelFact(
  trx: CompanyTransaction,
  label: string,
): Promise<{ id: string } | null> {
  const rows = await select<{ id: string }>(
    trx,
    `select id from label where company = ? and (id = ? or lower(name) = lower(?))
     order by id = ? desc limit 1`,
    [trx.company, label, label, label],
  );
  return rows[0] ?? null;
}

export async function readNoteFact(
  trx: CompanyTransaction,
  ticket: number,
  note: string,
): Promise<{ id: string; mentions: string[] } | null> {
  const rows = await select<{ id: string; mentions: string[] }>(
    trx,
    'select id, mentions from note where company = ? and ticket = ? and id = ?',
    [trx.company, ticket, note],
  );
  return rows[0] ?? null;
}

/** Keeps a reason that was typed by hand where it can be erased; the log gets its id. */
export async function keepText(
  trx: CompanyTransaction,
  ticket: number,
  id: string,
  text: string,
): Promise<void> {
  await insert(
    trx,
    'ticket_text',
    { company: trx.company, id, ticket, text },
    'on conflict do nothing',
  );
}

/** What the customer's side did that the ticket's state does not hold. */
export async function readCustomerSide(
  trx: CompanyTransaction,
  ticket: number,
): Promise<{ untaken: boolean; automatic: boolean }> {
  const rows = await select<{ untaken: boolean; automatic: boolean | null }>(
    trx,
    `select
       exists (select from mail where company = ? and ticket = ? and outcome = 'pending'
         and coalesce(automatic_kind, 'bulk') = 'bulk' and bounce_of is null) as untaken,
       (select automatic from message where company = ? and ticket = ? and direction = 'in'
         order by at desc limit 1) as automatic`,
    [trx.company, ticket, trx.company, ticket],
  );
  return { untaken: rows[0]?.untaken ?? false, automatic: rows[0]?.automatic ?? false };
}
