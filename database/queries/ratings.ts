import type { RatingScore } from '../../domain/ratings.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** What a customer said of a ticket. */
export interface Rating {
  score: RatingScore;
  /** '' for none. */
  comment: string;
  at: string;
}

/** Written before the command that names it; the same one again changes nothing. */
export async function insertRating(
  trx: CompanyTransaction,
  rating: { id: string; ticket: number; score: RatingScore; comment: string },
): Promise<void> {
  await trx('ticket_rating')
    .insert({ company: trx.company, ...rating })
    .onConflict(['company', 'id'])
    .ignore();
}

export async function readRatingFact(
  trx: CompanyTransaction,
  ticket: number,
  id: string,
): Promise<{ id: string; score: RatingScore } | null> {
  const rows = await select<{ id: string; score: RatingScore }>(
    trx,
    'select id, score from ticket_rating where company = ? and ticket = ? and id = ?',
    [trx.company, ticket, id],
  );
  return rows[0] ?? null;
}

/** How often a ticket was rated, and the rating that counts. */
export async function readRatings(
  trx: CompanyTransaction,
  ticket: number,
): Promise<{ times: number; counts: (Rating & { id: string }) | null }> {
  const rows = await select<Rating & { id: string; counts: boolean }>(
    trx,
    `select r.id, r.score, r.comment, r.at, r.id = t.rating as counts
     from ticket_rating r join ticket t on t.company = r.company and t.number = r.ticket
     where r.company = ? and r.ticket = ?`,
    [trx.company, ticket],
  );
  const { counts: _, ...rating } = rows.find(({ counts }) => counts) ?? { counts: false };
  return { times: rows.length, counts: 'id' in rating ? rating : null };
}

/** The words of ratings, by their ids. */
export async function readComments(
  trx: CompanyTransaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await select<{ id: string; comment: string }>(
    trx,
    'select id, comment from ticket_rating where id = any(?)',
    [[...ids]],
  );
  return new Map(rows.map(({ id, comment }) => [id, comment]));
}
