import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { newId } from '../new-id.ts';

export interface Vote {
  article: string;
  /** Stands for whoever votes, for a day. */
  voter: string;
  helped: boolean;
  /** What somebody missed, without addresses and long numbers; empty when they did not say. */
  missing: string;
}

/** How many an article helped, and how many not. */
export interface Helped {
  yes: number;
  no: number;
}

/** Of articles `a`: an expression for their select list. */
export const helpedOf = `(select json_build_object('yes', count(*) filter (where v.helped),
    'no', count(*) filter (where not v.helped))
  from article_vote v where v.company = a.company and v.article = a.id)`;

/**
 * A vote takes the place of the voter's earlier one of the day; what was missed stays until
 * something else is said, or it did help.
 */
export async function saveVote(trx: CompanyTransaction, vote: Vote): Promise<void> {
  await select(
    trx,
    `insert into article_vote as v (company, id, article, voter, helped, missing)
     values (?, ?, ?, ?, ?, ?)
     on conflict (company, article, voter) do update set helped = excluded.helped, at = now(),
       missing = case when excluded.helped then ''
         when excluded.missing = '' then v.missing else excluded.missing end`,
    [trx.company, newId(), vote.article, vote.voter, vote.helped, vote.missing],
  );
}

/** From then on nobody can tell whose vote it was, not even with the key of the hash. */
export async function forgetVoters(trx: CompanyTransaction): Promise<void> {
  await select(
    trx,
    `update article_vote set voter = null
     where voter is not null and at < date_trunc('day', now(), 'UTC') - interval '1 day'`,
    [],
  );
}

/** Words may tell who wrote them; the vote itself counts on. */
export async function forgetMissed(trx: CompanyTransaction, days: number): Promise<void> {
  await select(
    trx,
    `update article_vote set missing = ''
     where missing <> '' and at < now() - make_interval(days => ?)`,
    [days],
  );
}

/** The last ones; who reads more of them reads no more. */
const MISSED_MAX = 50;

/** What readers missed, the newest first. */
export async function listMissed(
  trx: CompanyTransaction,
  article: string,
): Promise<{ text: string; at: string }[]> {
  return select<{ text: string; at: string }>(
    trx,
    `select missing as text, at from article_vote
     where article = ? and missing <> '' order by at desc, id limit ?`,
    [article, MISSED_MAX],
  );
}
