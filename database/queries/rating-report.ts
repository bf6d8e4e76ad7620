import type { RatingScore } from '../../domain/ratings.ts';
import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Rating } from './ratings.ts';
import type { Named } from './ticket-item.ts';

/** ISO 8601; `to` is not within it any more. */
export interface Period {
  from: string;
  to: string;
}

export type ScoreCounts = { [score in RatingScore]: number };

export interface RatingReport {
  counts: ScoreCounts;
  agents: (ScoreCounts & { agent: Named | null })[];
  teams: (ScoreCounts & { team: Named | null })[];
  comments: (Rating & { ticket: { number: number; subject: string }; agent: Named | null })[];
}

/** What somebody reads through on one page. */
const COMMENTS_MAX = 50;

/** The rating that counts of each ticket, if it came within the period. */
const rated = `ticket_rating r
  join ticket t on t.company = r.company and t.number = r.ticket and t.rating = r.id
  where r.company = ? and r.at >= ? and r.at < ?`;

const counted = `count(*) filter (where score = 'good')::int as good,
  count(*) filter (where score = 'okay')::int as okay,
  count(*) filter (where score = 'bad')::int as bad`;

const named = `case when n.id is null then null
  else json_build_object('id', n.id, 'name', n.name) end`;

export async function readRatingReport(
  trx: CompanyTransaction,
  { from, to }: Period,
): Promise<RatingReport> {
  const within = [trx.company, from, to];
  const [totals, agents, teams, comments] = await together([
    select<ScoreCounts>(trx, `select ${counted} from ${rated}`, within),
    select<RatingReport['agents'][number]>(
      trx,
      `select ${named} as agent, c.good, c.okay, c.bad
       from (select t.rating_agent as id, ${counted} from ${rated} group by t.rating_agent) c
       left join agent n on n.company = ? and n.id = c.id
       order by c.good + c.okay + c.bad desc, lower(n.name), c.id`,
      [...within, trx.company],
    ),
    select<RatingReport['teams'][number]>(
      trx,
      `select ${named} as team, c.good, c.okay, c.bad
       from (select t.rating_team as id, ${counted} from ${rated} group by t.rating_team) c
       left join team n on n.company = ? and n.id = c.id
       order by c.good + c.okay + c.bad desc, lower(n.name), c.id`,
      [...within, trx.company],
    ),
    select<RatingReport['comments'][number]>(
      trx,
      `select json_build_object('number', c.number, 'subject', c.subject) as ticket,
         ${named} as agent, c.score, c.comment, c.at
       from (select t.number, t.subject, t.rating_agent, r.score, r.comment, r.at from ${rated}
         and r.comment <> '' order by r.at desc, r.id limit ?) c
       left join agent n on n.company = ? and n.id = c.rating_agent
       order by c.at desc`,
      [...within, COMMENTS_MAX, trx.company],
    ),
  ]);
  return { counts: totals[0] ?? { good: 0, okay: 0, bad: 0 }, agents, teams, comments };
}
