import type { RatingScore } from '../../domain/ratings.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Rating } from './ratings.ts';
import { readTicketItems } from './ticket-item.ts';
import type { TicketItem } from './ticket-item.ts';

/** A ticket as its own page shows it. */
export interface TicketDetails extends TicketItem {
  customer: TicketItem['customer'] & {
    /** All addresses that are known to be this customer's. */
    addresses: string[];
    /** Where the customer's newest mail on this ticket came from; null when nobody knows. */
    ip: string | null;
  };
  /** The newest entry that the agent has read, or answered; 0 for none. */
  readTo: number;
  mailbox: { id: string; name: string; address: string } | null;
  followUpOf: number | null;
  followUps: number[];
  /** What the customer said last of the help. */
  rating: Rating | null;
}

type Extras = Pick<TicketDetails, 'readTo' | 'mailbox' | 'followUpOf' | 'followUps'> & {
  score: RatingScore | null;
  comment: string | null;
  ratedAt: string | null;
  addresses: string[];
  ip: string | null;
};

/** Null when this company has no such ticket. */
export async function readTicket(
  trx: CompanyTransaction,
  agent: string,
  number: number,
): Promise<TicketDetails | null> {
  const [item] = await readTicketItems(trx, agent, [number]);
  if (!item) return null;
  const [extras] = await select<Extras>(
    trx,
    `select
       greatest(coalesce((select r.seq from ticket_read r where r.company = t.company
         and r.ticket = t.number and r.agent = ?), 0), case
         when t.folded->'lastReply'->>'writer' = ? then (t.folded->'lastReply'->>'seq')::int
         else 0 end) as "readTo",
       case when b.id is null then null else
         json_build_object('id', b.id, 'name', b.name, 'address', b.address) end as mailbox,
       (t.folded->>'followUpOf')::int as "followUpOf",
       array(select (e.data->>'ticket')::int from ticket_event e
         where e.company = t.company and e.ticket = t.number and e.type = 'followedUp'
         order by e.seq) as "followUps",
       array(select a.address from customer_address a
         where a.company = t.company and a.customer = t.customer order by a.address) as addresses,
       (select l.remote_address from message m
         join mail l on l.company = m.company and l.id = m.mail
         where m.company = t.company and m.ticket = t.number and m.direction = 'in'
           and m.kind = 'customer' and not m.automatic
         order by m.at desc limit 1) as ip,
       k.score, k.comment, k.at as "ratedAt"
     from ticket t
     left join mailbox b on b.company = t.company and b.id = t.mailbox
     left join ticket_rating k on k.company = t.company and k.id = t.rating
     where t.number = ?`,
    [agent, agent, number],
  );
  if (!extras) return null;
  const { addresses, ip, score, comment, ratedAt, ...rest } = extras;
  const rating =
    score === null || ratedAt === null ? null : { score, comment: comment ?? '', at: ratedAt };
  return { ...item, ...rest, rating, customer: { ...item.customer, addresses, ip } };
}

/** Whether this company has such a ticket: numbers without an event are shown nowhere. */
export async function ticketExists(trx: CompanyTransaction, number: number): Promise<boolean> {
  const rows = await select<{ number: number }>(trx, 'select number from ticket where number = ?', [
    number,
  ]);
  return rows.length > 0;
}

/** Remembers how far an agent has read; never goes back. */
export async function markRead(
  trx: CompanyTransaction,
  agent: string,
  ticket: number,
  seq: number,
): Promise<void> {
  await trx.raw(
    `insert into ticket_read (company, agent, ticket, seq) values (?, ?, ?, ?)
     on conflict (company, agent, ticket) do update set seq = excluded.seq
     where ticket_read.seq < excluded.seq`,
    [trx.company, agent, ticket, seq],
  );
}
