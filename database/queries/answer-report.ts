import type { HandOverReason } from '../../domain/ticket/assistant.ts';
import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { readMostUsed } from './answer-uses.ts';
import type { UsedItem } from './answer-uses.ts';
import { dictionaryOf } from './dictionaries.ts';
import type { Period } from './rating-report.ts';

/** What answers did in a period. */
export interface AnswerCounts {
  /** Solved by visitors with what the support module showed them. */
  deflected: number;
  /** First mails that the assistant answered. */
  answered: number;
  /** Of these, those whose customer wrote again. */
  wroteAgain: number;
  /** First mails for which agents saw an answer of the assistant. */
  suggested: number;
  /** Of these, those whose answer an agent put into a mail. */
  suggestedUsed: number;
  handedOver: number;
}

export interface HandedOver {
  reason: HandOverReason;
  /** Whether agents saw an answer all the same. */
  suggested: boolean;
  count: number;
}

/** Suggestions that agents said something of, the assistant's and articles. */
export interface MarkCounts {
  used: number;
  dismissed: number;
}

export interface AnswerReport {
  counts: AnswerCounts;
  reasons: HandedOver[];
  marks: MarkCounts;
  canned: UsedItem[];
  articles: UsedItem[];
}

const events = (type: string) =>
  `ticket_event e where e.company = ? and e.at >= ? and e.at < ? and e.type = '${type}'`;

export async function readAnswerReport(
  trx: CompanyTransaction,
  period: Period,
): Promise<AnswerReport> {
  const within = [trx.company, period.from, period.to];
  const [counts, reasons, marks, canned, articles] = await together([
    select<AnswerCounts>(
      trx,
      `select (select count(*)::int from ${events('deflected')}) as deflected,
         (select count(*)::int from ${events('assistantAnswered')}) as answered,
         (select count(*)::int from ${events('assistantAnswered')} and exists (
           select from ticket_event w where w.company = e.company and w.ticket = e.ticket
             and w.seq > e.seq and w.type = 'received'
             and not (w.data->>'automatic')::boolean)) as "wroteAgain",
         (select count(*)::int from ${events('assistantSuggested')}) as suggested,
         (select count(*)::int from ${events('assistantSuggested')} and exists (
           select from suggestion_mark m where m.company = e.company and m.ticket = e.ticket
             and m.suggestion = e.data->>'answer' and m.used_at is not null)) as "suggestedUsed",
         (select count(*)::int from ${events('assistantHandedOver')}) as "handedOver"`,
      Array.from({ length: 6 }, () => within).flat(),
    ),
    select<HandedOver>(
      trx,
      `select data->>'reason' as reason, type = 'assistantSuggested' as suggested,
         count(*)::int as count
       from ticket_event where company = ? and at >= ? and at < ?
         and type in ('assistantSuggested', 'assistantHandedOver') and data->>'reason' is not null
       group by 1, 2 order by 3 desc, 1, 2`,
      within,
    ),
    select<MarkCounts>(
      trx,
      `select (select count(*)::int from suggestion_mark
           where company = ? and used_at >= ? and used_at < ?) as used,
         (select count(*)::int from suggestion_mark
           where company = ? and dismissed_at >= ? and dismissed_at < ?
             and used_at is null) as dismissed`,
      [...within, ...within],
    ),
    readMostUsed(trx, 'canned', period),
    readMostUsed(trx, 'article', period),
  ]);
  const none = { deflected: 0, answered: 0, wroteAgain: 0, suggested: 0, suggestedUsed: 0 };
  return {
    counts: counts[0] ?? { ...none, handedOver: 0 },
    reasons,
    marks: marks[0] ?? { used: 0, dismissed: 0 },
    canned,
    articles,
  };
}

/** The first words of a ticket to which nothing was found. */
export interface UnansweredQuestion {
  number: number;
  subject: string;
  /** Its beginning. */
  question: string;
}

/** The newest ones; a company with more of them knows what to write. */
const QUESTIONS_MAX = 400;

/** What a mail is about stands there, after a greeting and the thanks in advance. */
const QUESTION_CHARS_MAX = 2_000;

export async function readUnanswered(
  trx: CompanyTransaction,
  { from, to }: Period,
): Promise<UnansweredQuestion[]> {
  return select<UnansweredQuestion>(
    trx,
    `select t.number, t.subject, coalesce(q.text, '') as question
     from ticket_event e
     join ticket t on t.company = e.company and t.number = e.ticket
     left join lateral (
       select left(coalesce(nullif(m.reply_text, ''), m.text), ?) as text from message m
       where m.company = e.company and m.ticket = e.ticket and m.direction = 'in'
         and not m.automatic
       order by m.exchange is not null, m.at, m.id limit 1) q on true
     where e.company = ? and e.at >= ? and e.at < ? and e.type = 'assistantHandedOver'
       and e.data->>'reason' in ('nothing_found', 'not_sure', 'no_source')
     order by e.at desc, e.ticket desc limit ?`,
    [QUESTION_CHARS_MAX, trx.company, from, to, QUESTIONS_MAX],
  );
}

/** The stem of each word, under `sv:ordet`; words that every text has get none. */
export async function readStems(
  trx: CompanyTransaction,
  words: readonly { word: string; language: string }[],
): Promise<Map<string, string>> {
  const rows = await select<{ key: string; stem: string }>(
    trx,
    `select distinct w.language || ':' || w.word as key, unaccent((tsvector_to_array(
       to_tsvector(w.dictionary::regconfig, w.word)))[1]) as stem
     from unnest(?::text[], ?::text[], ?::text[]) w(word, language, dictionary)
     where length(to_tsvector(w.dictionary::regconfig, w.word)) = 1`,
    [
      words.map(({ word }) => word),
      words.map(({ language }) => language),
      words.map(({ language }) => dictionaryOf(language)),
    ],
  );
  return new Map(rows.map(({ key, stem }) => [key, stem]));
}
