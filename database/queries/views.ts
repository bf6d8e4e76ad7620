import { select } from '../client.ts';
import type { CompanyTransaction, Knex } from '../client.ts';
import type { TicketState } from '../../domain/ticket/ticket.ts';

export const viewNames = ['open', 'new', 'team', 'pending', 'solved', 'all'] as const;
export type ViewName = (typeof viewNames)[number];

/** A part of a statement; `t` is the ticket in it. */
export interface Condition {
  sql: string;
  bindings: Knex.RawBinding[];
}

/** The states that a view shows. Each is one range of an index. */
export const viewStates: Record<ViewName, readonly TicketState[]> = {
  open: ['open'],
  new: ['new'],
  team: ['open'],
  pending: ['pending'],
  solved: ['solved'],
  all: ['new', 'open', 'pending', 'solved'],
};

const ofMyTeams = `(t.team is null or t.team = any(array(
  select m.team from agent_team m where m.agent = ?)))`;

/** Participants are found by the agent: the index begins with it. */
const takesPart = `t.number = any(array(
  select p.ticket from ticket_participant p where p.agent = ?))`;

/** Which tickets of those states an agent sees in a view (product.md, Views). */
export function viewCondition(view: ViewName, agent: string): Condition {
  switch (view) {
    case 'open':
      return { sql: `(t.owner = ? or ${takesPart})`, bindings: [agent, agent] };
    case 'new':
      return { sql: ofMyTeams, bindings: [agent] };
    case 'team':
      return {
        sql: `(${ofMyTeams} and t.owner is distinct from ? and not ${takesPart})`,
        bindings: [agent, agent, agent],
      };
    case 'pending':
      return { sql: '(t.owner = ? or t.pended_by = ?)', bindings: [agent, agent] };
    case 'solved':
    case 'all':
      return { sql: 'true', bindings: [] };
  }
}

export interface ViewCounts {
  open: number;
  new: number;
  team: number;
  pending: number;
  parked: number;
  notDelivered: number;
}

const counted = ['open', 'new', 'team', 'pending'] as const satisfies readonly ViewName[];

/** How much waits for this agent in each view, and in the company's lists of trouble. */
export async function readViewCounts(trx: CompanyTransaction, agent: string): Promise<ViewCounts> {
  const views = counted.map((view) => ({ view, condition: viewCondition(view, agent) }));
  const columns = views.map(
    ({ view, condition }) =>
      `(select count(*) from ticket t where t.state = '${viewStates[view][0]}'
        and ${condition.sql}) as "${view}"`,
  );
  const [row] = await select<ViewCounts>(
    trx,
    `select ${columns.join(',\n')},
       (select count(*) from mail where outcome = 'parked') as parked,
       (select count(*) from message_delivery d
        where d.state in ('failed', 'uncertain', 'bounced') and d.kind <> 'reminder'
       ) as "notDelivered"`,
    views.flatMap(({ condition }) => condition.bindings),
  );
  if (!row) throw new Error('the counts gave no row');
  return row;
}
