import type { SolverKind, TicketState } from '../../domain/ticket/ticket.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

export interface Named {
  id: string;
  name: string;
}

export const undeliveredStates = ['failed', 'bounced', 'uncertain'] as const;
export type Undelivered = (typeof undeliveredStates)[number];

/** A ticket as lists show it (contract.md, `GET /tickets`). */
export interface TicketItem {
  number: number;
  subject: string;
  state: TicketState;
  /** Solved for good: the next mail of the customer begins a new ticket. */
  closed: boolean;
  customer: Named & { email: string };
  owner: Named | null;
  team: Named | null;
  participants: Named[];
  labels: string[];
  snippet: string;
  unread: boolean;
  turn: 'ours' | 'customer';
  waitingSince: string | null;
  createdAt: string;
  lastMessageAt: string | null;
  pendingUntil: string | null;
  autoSolveAt: string | null;
  solvedAt: string | null;
  solvedBy: { kind: SolverKind; id?: string; name?: string } | null;
  /** What became of an agent's newest mail, when that needs a person. */
  undelivered: Undelivered | null;
}

const named = (alias: string) =>
  `case when ${alias}.id is null then null
     else json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;

const items = `
select t.number, t.subject, t.state, t.closed,
  json_build_object('id', coalesce(t.customer, ''), 'name', coalesce(c.name, ''),
    'email', coalesce(c.email, '')) as customer,
  ${named('o')} as owner,
  ${named('g')} as team,
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name)
     order by lower(a.name), a.id), '[]')
   from ticket_participant p join agent a on a.company = p.company and a.id = p.agent
   where p.company = t.company and p.ticket = t.number) as participants,
  array(select l.name
   from ticket_label i join label l on l.company = i.company and l.id = i.label
   where i.company = t.company and i.ticket = t.number order by lower(l.name)) as labels,
  t.snippet,
  -- Who answered it has read it, with or without looking at the page.
  t.last_customer_seq > greatest(coalesce(r.seq, 0), case
    when t.folded->'lastReply'->>'writer' = ? then (t.folded->'lastReply'->>'seq')::int
    else 0 end) as unread,
  case when t.waiting_since is null then 'customer' else 'ours' end as turn,
  t.waiting_since as "waitingSince",
  t.created_at as "createdAt",
  t.last_message_at as "lastMessageAt",
  t.pending_until as "pendingUntil",
  t.auto_solve_at as "autoSolveAt",
  t.solved_at as "solvedAt",
  case when t.solved_kind is null then null else json_strip_nulls(
    json_build_object('kind', t.solved_kind, 'id', s.id, 'name', s.name)) end as "solvedBy",
  (select case when d.state in ('failed', 'bounced', 'uncertain') then d.state end
   from message_delivery d
   where d.company = t.company and d.ticket = t.number and d.kind in ('reply', 'compose')
   order by d.at desc limit 1) as undelivered
from ticket t
left join customer c on c.company = t.company and c.id = t.customer
left join agent o on o.company = t.company and o.id = t.owner
left join team g on g.company = t.company and g.id = t.team
left join agent s on s.company = t.company and s.id = t.solved_by
left join ticket_read r on r.company = t.company and r.ticket = t.number and r.agent = ?
where t.number = any(?)`;

/** These tickets as `agent` sees them, in the given order; unknown numbers are left out. */
export async function readTicketItems(
  trx: CompanyTransaction,
  agent: string,
  numbers: readonly number[],
): Promise<TicketItem[]> {
  if (numbers.length === 0) return [];
  const rows = await select<TicketItem>(trx, items, [agent, agent, [...numbers]]);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}
