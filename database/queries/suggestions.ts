import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export type SuggestionKind = 'assistant' | 'article';

/** What a suggestion of one ticket is: the assistant's answer, or an article; null for neither. */
export async function readSuggestionKind(
  trx: CompanyTransaction,
  ticket: number,
  id: string,
): Promise<SuggestionKind | null> {
  const rows = await select<{ kind: SuggestionKind }>(
    trx,
    `select 'assistant' as kind from assistant_answer where company = ? and ticket = ? and id = ?
     union all select 'article' from article where company = ? and id = ? and published`,
    [trx.company, ticket, id, trx.company, id],
  );
  return rows[0]?.kind ?? null;
}

/** Those that agents had no use for on this ticket. */
export async function readDismissed(trx: CompanyTransaction, ticket: number): Promise<Set<string>> {
  const rows = await select<{ suggestion: string }>(
    trx,
    `select suggestion from suggestion_mark
     where company = ? and ticket = ? and dismissed_at is not null and used_at is null`,
    [trx.company, ticket],
  );
  return new Set(rows.map(({ suggestion }) => suggestion));
}

/** Counts once for a ticket, however often it is said. */
export async function markSuggestion(
  trx: CompanyTransaction,
  mark: {
    ticket: number;
    suggestion: string;
    kind: SuggestionKind;
    agent: string;
    as: 'used' | 'dismissed';
  },
): Promise<void> {
  const { ticket, suggestion, kind, agent, as } = mark;
  await select(
    trx,
    `insert into suggestion_mark as m
       (company, ticket, suggestion, kind, agent, used_at, dismissed_at)
     values (?, ?, ?, ?, ?, case when ? then now() end, case when ? then now() end)
     on conflict (company, ticket, suggestion) do update set agent = excluded.agent,
       used_at = coalesce(m.used_at, excluded.used_at),
       dismissed_at = coalesce(m.dismissed_at, excluded.dismissed_at)`,
    [trx.company, ticket, suggestion, kind, agent, as === 'used', as === 'dismissed'],
  );
}
