import type { NoAnswerReason } from '../../domain/ticket/assistant.ts';
import type { AssistantMode } from '../../domain/ticket/assistant.ts';
import { select } from '../client.ts';
import type { CompanyTransaction, Knex } from '../client.ts';

/** Why a question has no answer for the visitor: the assistant's reasons, or it was not asked. */
export type UnansweredReason = NoAnswerReason | 'off';

/** One question with what was answered. */
export interface Turn {
  question: string;
  answer: string | null;
  reason: UnansweredReason | null;
  /** BCP 47 of the question; null when it could not be told. */
  language: string | null;
  sources: { article: string; title: string }[];
  confidence: number | null;
  /** ISO 8601 */
  at: string;
}

export interface FoundExchange {
  company: string;
  exchange: string;
  mailbox: string;
}

/** The exchange that a conversation's secret stands for, in whichever company. */
export async function findExchange(lookups: Knex, hash: string): Promise<FoundExchange | null> {
  const sql = 'select company, exchange, mailbox from lookup_exchange(?)';
  const rows = await select<FoundExchange>(lookups, sql, [hash]);
  return rows[0] ?? null;
}

/** What the assistant may do for the visitors of a mailbox; null when the mailbox is gone. */
export async function readVisitorsMode(
  trx: CompanyTransaction,
  mailbox: string,
): Promise<AssistantMode | null> {
  const sql = 'select assistant from mailbox where company = ? and id = ?';
  const rows = await select<{ assistant: AssistantMode }>(trx, sql, [trx.company, mailbox]);
  return rows[0]?.assistant ?? null;
}

export async function insertExchange(
  trx: CompanyTransaction,
  made: { id: string; hash: string; mailbox: string; remoteAddress: string; days: number },
): Promise<void> {
  await select(
    trx,
    `insert into exchange (company, id, hash, mailbox, remote_address, expires_at)
     values (?, ?, ?, ?, ?, now() + make_interval(days => ?))`,
    [trx.company, made.id, made.hash, made.mailbox, made.remoteAddress, made.days],
  );
}

/** How far an exchange is; null when there is none that goes on. */
export async function lockExchange(
  trx: CompanyTransaction,
  id: string,
): Promise<{ turns: number; ticket: number | null; mailbox: string } | null> {
  const rows = await select<{ ticket: number | null; mailbox: string; turns: number }>(
    trx,
    `select ticket, mailbox, (select count(*)::int from exchange_turn t
       where t.company = e.company and t.exchange = e.id) as turns
     from exchange e where company = ? and id = ? and (expires_at > now() or ticket is not null)
     for update`,
    [trx.company, id],
  );
  return rows[0] ?? null;
}

/** Adds a question with its answer; whoever asks keeps the exchange for longer. */
export async function addTurn(
  trx: CompanyTransaction,
  exchange: string,
  turn: Omit<Turn, 'at'> & { place: number; email: string | null; days: number },
): Promise<void> {
  await select(
    trx,
    `insert into exchange_turn (company, exchange, place, question, answer, reason, language,
       sources, confidence)
     values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)`,
    [
      ...[trx.company, exchange, turn.place, turn.question, turn.answer, turn.reason],
      ...[turn.language, JSON.stringify(turn.sources), turn.confidence],
    ],
  );
  await select(
    trx,
    `update exchange set email = coalesce(?, email),
       expires_at = greatest(expires_at, now() + make_interval(days => ?))
     where company = ? and id = ?`,
    [turn.email, turn.days, trx.company, exchange],
  );
}

/** All that was asked and answered, in order. */
export async function readTurns(trx: CompanyTransaction, exchange: string): Promise<Turn[]> {
  return select<Turn>(
    trx,
    `select question, answer, reason, language, sources, confidence, at from exchange_turn
     where company = ? and exchange = ? order by place`,
    [trx.company, exchange],
  );
}

/**
 * Forgets exchanges that are over. Not those that a ticket's log has yet to take, nor those that
 * came with a form which is not read yet.
 */
export async function forgetExchanges(trx: CompanyTransaction): Promise<void> {
  await select(
    trx,
    `delete from exchange e where company = ? and expires_at < now()
       and (solved_at is null or taken_at is not null)
       and not exists (select from mail m where m.company = e.company and m.exchange = e.id
         and m.outcome in ('pending', 'parked'))`,
    [trx.company],
  );
}
