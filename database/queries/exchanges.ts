import type { AssistantMode, NoAnswerReason } from '../../domain/ticket/assistant.ts';
import type { ExchangeFact } from '../../domain/ticket/facts.ts';
import { select } from '../client.ts';
import type { CompanyTransaction, Knex } from '../client.ts';
import { firstSubjectId } from './facts.ts';
import { readSaid } from './said.ts';

/** Why a question has no answer for the visitor: the assistant's reasons, or it was not asked. */
export type UnansweredReason = NoAnswerReason | 'off';

/** One question with what was answered. */
export interface Turn {
  question: string;
  answer: string | null;
  reason: UnansweredReason | null;
  /** BCP 47 of the question; null when it could not be told. */
  language: string | null;
  sources: { article: string; title: string; url: string }[];
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
  made: { id: string; hash: string; mailbox: string; days: number },
): Promise<void> {
  await select(
    trx,
    `insert into exchange (company, id, hash, mailbox, expires_at)
     values (?, ?, ?, ?, now() + make_interval(days => ?))`,
    [trx.company, made.id, made.hash, made.mailbox, made.days],
  );
}

export interface ExchangeState {
  mailbox: string;
  /** '' while nobody knows. */
  email: string;
  turns: number;
  /** Whether a form was sent with it. */
  hasForm: boolean;
  /** That it was solved as. */
  ticket: number | null;
}

/** How far an exchange is; null when there is none that goes on. */
export async function lockExchange(
  trx: CompanyTransaction,
  id: string,
): Promise<ExchangeState | null> {
  const rows = await select<ExchangeState>(
    trx,
    `select ticket, mailbox, email, (select count(*)::int from exchange_turn t
       where t.company = e.company and t.exchange = e.id) as turns,
       exists (select from mail m
         where m.company = e.company and m.exchange = e.id) as "hasForm"
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

/** What a ticket begins with that an exchange was solved as. */
export async function readExchangeFact(
  trx: CompanyTransaction,
  ticket: number,
  exchange: string,
): Promise<ExchangeFact | null> {
  const rows = await select<{ mailbox: string; customer: string; team: string | null }>(
    trx,
    `select e.mailbox, e.customer, b.team from exchange e
     join mailbox b on b.company = e.company and b.id = e.mailbox
     where e.company = ? and e.id = ? and e.ticket = ? and e.customer is not null`,
    [trx.company, exchange, ticket],
  );
  const row = rows[0];
  if (!row) return null;
  const origin = { ...row, subject: firstSubjectId(ticket), followUpOf: null };
  return { origin, said: await readSaid(trx, ticket, exchange) };
}

/** Becomes the ticket that it was solved as; the log has yet to take it. */
export async function solveAs(
  trx: CompanyTransaction,
  id: string,
  made: { ticket: number; customer: string; email: string; name: string; days: number },
): Promise<void> {
  const { ticket, customer, email, name, days } = made;
  await select(
    trx,
    `update exchange set ticket = ?, customer = ?, email = ?, name = ?, solved_at = now(),
       expires_at = greatest(expires_at, now() + make_interval(days => ?))
     where company = ? and id = ?`,
    [ticket, customer, email, name, days, trx.company, id],
  );
}

/** The ticket's log has it. */
export async function markExchangeTaken(trx: CompanyTransaction, id: string): Promise<void> {
  await select(trx, 'update exchange set taken_at = now() where company = ? and id = ?', [
    trx.company,
    id,
  ]);
}

/**
 * It could not be handed over: the wait doubles with each try, up to the last one.
 * @returns whether that was the last one
 */
export async function putOffExchange(
  trx: CompanyTransaction,
  id: string,
  { firstWaitMs, triesMax }: { firstWaitMs: number; triesMax: number },
): Promise<boolean> {
  const rows = await select<{ over: boolean }>(
    trx,
    `update exchange set tries = tries + 1, next_try_at = case when tries + 1 >= ?
       then 'infinity' else now() + make_interval(secs => ? * 2 ^ tries) end
     where company = ? and id = ? returning next_try_at = 'infinity' as over`,
    [triesMax, firstWaitMs / 1_000, trx.company, id],
  );
  return rows[0]?.over ?? true;
}

/** Exchanges that were solved, that no ticket's log has taken since, and whose turn it is. */
export async function findUntakenExchanges(
  lookups: Knex,
  olderThanMs: number,
  limit: number,
): Promise<{ company: string; exchange: string; ticket: number }[]> {
  return select(
    lookups,
    `select company, exchange, ticket
     from lookup_untaken_exchanges(make_interval(secs => ?), ?)`,
    [olderThanMs / 1_000, limit],
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
 * Forgets exchanges that are over. Not those that a ticket's log has yet to take and may take,
 * nor those that came with a form which is not read yet.
 */
export async function forgetExchanges(trx: CompanyTransaction): Promise<void> {
  await select(
    trx,
    `delete from exchange e where company = ? and expires_at < now()
       and (solved_at is null or taken_at is not null or next_try_at = 'infinity')
       and not exists (select from mail m where m.company = e.company and m.exchange = e.id
         and m.outcome in ('pending', 'parked'))`,
    [trx.company],
  );
}
