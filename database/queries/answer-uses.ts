import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { newId } from '../new-id.ts';

export type UsedKind = 'canned' | 'article';

/** Somebody put it, or a part of it, into an answer. */
export async function keepUse(
  trx: CompanyTransaction,
  { kind, item, agent }: { kind: UsedKind; item: string; agent: string },
): Promise<void> {
  await trx('answer_use').insert({ company: trx.company, id: newId(), kind, item, agent });
}

export interface UsedItem {
  id: string;
  title: string;
  count: number;
}

/** What is not used much says nothing by its place. */
const ITEMS_MAX = 10;

/** Those of the company, most used first; what was inserted as a suggestion counts too. */
export async function readMostUsed(
  trx: CompanyTransaction,
  kind: UsedKind,
  { from, to }: { from: string; to: string },
): Promise<UsedItem[]> {
  return kind === 'canned'
    ? select<UsedItem>(
        trx,
        `select r.id, r.title, u.count from (
           select item, count(*)::int as count from answer_use
           where company = ? and at >= ? and at < ? and kind = 'canned' group by item) u
         join canned_response r on r.company = ? and r.id = u.item and r.agent is null
         order by u.count desc, lower(r.title), r.id limit ?`,
        [trx.company, from, to, trx.company, ITEMS_MAX],
      )
    : select<UsedItem>(
        trx,
        `select a.id, a.title, u.count from (
           select item, count(*)::int as count from (
             select item from answer_use
             where company = ? and at >= ? and at < ? and kind = 'article'
             union all
             select suggestion from suggestion_mark
             where company = ? and used_at >= ? and used_at < ? and kind = 'article') uses
           group by item) u
         join article a on a.company = ? and a.id = u.item
         order by u.count desc, lower(a.title), a.id limit ?`,
        [...[trx.company, from, to], ...[trx.company, from, to], trx.company, ITEMS_MAX],
      );
}

/** Uses of long ago are in no report. */
export async function forgetOldUses(trx: CompanyTransaction, days: number): Promise<void> {
  await select(trx, 'delete from answer_use where at < now() - make_interval(days => ?)', [days]);
}
