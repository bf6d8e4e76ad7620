import { selectAssembled } from '../assembled.ts';
import { select, together } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { filterConditions } from './ticket-filter.ts';
import type { TicketFilter } from './ticket-filter.ts';
import type { Named } from './ticket-item.ts';
import { viewCondition, viewStates } from './views.ts';
import type { ViewName } from './views.ts';

/** What GET /tickets takes besides the view. */
export type SavedQuery = TicketFilter & { sort?: 'newest' | 'waiting' };

export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  /** Who saved it. */
  agent: Named;
  view: ViewName;
  query: SavedQuery;
  createdAt: string;
}

/** With how many tickets it holds: COUNT_MAX means that or more, null that nobody counted. */
export type CountedView = SavedView & { count: number | null };

/** The console says "99+": a count beyond that need not be read. */
export const COUNT_MAX = 100;

/** More than a menu can show; the shared ones of all agents come together here. */
const VIEWS_SHOWN_MAX = 200;

const view = `select v.id, v.name, v.shared, v.view, v.query, v.created_at as "createdAt",
  json_build_object('id', a.id, 'name', a.name) as agent
  from saved_view v join agent a on a.company = v.company and a.id = v.agent`;

const seenBy = '(v.agent = ? or v.shared)';

/** An agent's own views and the shared ones, in the agent's order; new ones stand at the end. */
async function seenViews(trx: CompanyTransaction, agent: string): Promise<SavedView[]> {
  return select<SavedView>(
    trx,
    `${view} left join saved_view_order o on o.company = v.company and o.agent = ?
     where ${seenBy}
     order by array_position(o.views, v.id) nulls last, v.created_at, v.id limit ?`,
    [agent, agent, VIEWS_SHOWN_MAX],
  );
}

/** The views that `agent` sees, with their counts. */
export async function listSavedViews(
  trx: CompanyTransaction,
  agent: string,
): Promise<CountedView[]> {
  const views = await seenViews(trx, agent);
  const counts = await together(views.map((one) => countTickets(trx, agent, one)));
  return views.map((one, at) => ({ ...one, count: counts[at] ?? null }));
}

/** Words are looked for in every mail there is: a menu must not do that again and again. */
async function countTickets(
  trx: CompanyTransaction,
  agent: string,
  { view: name, query }: SavedView,
): Promise<number | null> {
  if (query.q !== undefined) return null;
  const states = viewStates[name].filter((state) => query.state?.includes(state) ?? true);
  const conditions = [viewCondition(name, agent), ...filterConditions(query, agent)];
  const [row] = await selectAssembled<{ count: number }>(
    trx,
    `select count(*) from (
       select from ticket t where t.state = any(?)
         ${conditions.map(({ sql }) => `and ${sql}`).join('\n')}
       limit ?) found`,
    [states, ...conditions.flatMap(({ bindings }) => bindings), COUNT_MAX],
  );
  return row?.count ?? 0;
}

/** Null when there is none, or when it is another agent's own. */
export async function readSavedView(
  trx: CompanyTransaction,
  agent: string,
  id: string,
): Promise<CountedView | null> {
  const sql = `${view} where v.id = ? and ${seenBy}`;
  const [row] = await select<SavedView>(trx, sql, [id, agent]);
  return row ? { ...row, count: await countTickets(trx, agent, row) } : null;
}

export async function countSavedViews(trx: CompanyTransaction, agent: string): Promise<number> {
  const sql = 'select count(*) from saved_view where agent = ?';
  const [row] = await select<{ count: number }>(trx, sql, [agent]);
  return row?.count ?? 0;
}

type SavedFields = Pick<SavedView, 'name' | 'shared' | 'view' | 'query'>;

export async function insertSavedView(
  trx: CompanyTransaction,
  made: SavedFields & { id: string; agent: string },
): Promise<void> {
  await trx('saved_view').insert({ company: trx.company, ...made });
}

/** For one that `readSavedView` gave, to whoever may change it. */
export async function updateSavedView(
  trx: CompanyTransaction,
  id: string,
  changes: Partial<SavedFields>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await trx('saved_view').where({ company: trx.company, id }).update(changes);
}

export async function deleteSavedView(trx: CompanyTransaction, id: string): Promise<void> {
  await trx('saved_view').where({ company: trx.company, id }).delete();
}

/** The ids of the views that `agent` sees; nothing is counted for it. */
export async function savedViewIds(trx: CompanyTransaction, agent: string): Promise<Set<string>> {
  return new Set((await seenViews(trx, agent)).map(({ id }) => id));
}

/** Remembers in which order this agent has the views. */
export async function orderSavedViews(
  trx: CompanyTransaction,
  agent: string,
  views: readonly string[],
): Promise<void> {
  await trx('saved_view_order')
    .insert({ company: trx.company, agent, views: [...views] })
    .onConflict(['company', 'agent'])
    .merge(['views']);
}
