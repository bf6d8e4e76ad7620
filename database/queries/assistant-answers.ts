import type { AnswerFact } from '../../domain/ticket/facts.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export interface AnswerSource {
  article: string;
  title: string;
  heading: string;
  quote: string;
}

export interface AssistantAnswer {
  id: string;
  text: string;
  /** BCP 47 of the question; null when it could not be told. */
  language: string | null;
  sources: AnswerSource[];
  /** 0..1 */
  confidence: number;
}

/** What a ticket's `assistantAsked` event asks, and by when. */
export interface AskedQuestion {
  subject: string;
  text: string;
  /** ISO 8601 */
  until: string;
}

/** Null when the event asks nothing, or its mail is gone. */
export async function readAskedQuestion(
  trx: CompanyTransaction,
  ticket: number,
  seq: number,
): Promise<AskedQuestion | null> {
  const rows = await select<AskedQuestion>(
    trx,
    `select m.subject, coalesce(nullif(m.reply_text, ''), m.text) as text,
       e.data->>'until' as until
     from ticket_event e
     join message m on m.company = e.company and m.id = e.data->>'question'
     where e.company = ? and e.ticket = ? and e.seq = ? and e.type = 'assistantAsked'`,
    [trx.company, ticket, seq],
  );
  return rows[0] ?? null;
}

/**
 * The words of the first mail that a customer wrote in a ticket, or of what was asked on a page
 * where there is none; null when there is neither.
 */
export async function readFirstQuestion(
  trx: CompanyTransaction,
  ticket: number,
): Promise<{ subject: string; text: string } | null> {
  const rows = await select<{ subject: string; text: string }>(
    trx,
    `select subject, coalesce(nullif(reply_text, ''), text) as text from message
     where company = ? and ticket = ? and direction = 'in' and not automatic
     order by exchange is not null, at, id limit 1`,
    [trx.company, ticket],
  );
  return rows[0] ?? null;
}

/** The first answer to a question stays: asking again, or twice at once, changes nothing. */
export async function keepAnswer(
  trx: CompanyTransaction,
  ticket: number,
  { id, text, language, sources, confidence }: AssistantAnswer,
): Promise<void> {
  await select(
    trx,
    `insert into assistant_answer (company, id, ticket, text, language, sources, confidence)
     values (?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing`,
    [trx.company, id, ticket, text, language, JSON.stringify(sources), confidence],
  );
}

const answer = 'select id, text, language, sources, confidence from assistant_answer';

/** The one answer that a ticket may have; null when it has none. */
export async function readAnswerOf(
  trx: CompanyTransaction,
  ticket: number,
): Promise<AssistantAnswer | null> {
  const rows = await select<AssistantAnswer>(
    trx,
    `${answer} where company = ? and ticket = ? order by at limit 1`,
    [trx.company, ticket],
  );
  return rows[0] ?? null;
}

/** What a decision needs to know of an answer of this ticket. */
export async function readAnswerFact(
  trx: CompanyTransaction,
  ticket: number,
  id: string,
): Promise<AnswerFact | null> {
  const rows = await select<AnswerFact>(
    trx,
    `select a.id, a.confidence, coalesce(c.email, '') <> '' as "hasAddress"
     from assistant_answer a
     left join ticket t on t.company = a.company and t.number = a.ticket
     left join customer c on c.company = t.company and c.id = t.customer
     where a.company = ? and a.ticket = ? and a.id = ?`,
    [trx.company, ticket, id],
  );
  return rows[0] ?? null;
}
