import type { AuditAct, AuditChange, AuditKind, AuditWay } from '../../domain/audit.ts';
import { selectAssembled } from '../assembled.ts';
import { insert, select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { pageOf, readCursor } from '../keyset.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { newId } from '../new-id.ts';
import type { Named } from './ticket-item.ts';
import { exactTime } from './ticket-list.ts';

/** What happened to which thing. */
export interface AuditFacts {
  kind: AuditKind;
  act: AuditAct;
  /** The id of the thing. */
  subject?: string | null;
  /** What it is called; of what was deleted nobody knows it later. */
  name?: string | null;
  changes?: readonly AuditChange[];
}

export interface AuditEntry {
  id: string;
  at: string;
  /** Null when nobody was signed in. */
  actor: Named | null;
  way: AuditWay;
  kind: AuditKind;
  act: AuditAct;
  subject: string | null;
  name: string | null;
  changes: AuditChange[];
}

/** Adds to the audit log, in the transaction of what it tells of. It is never changed after. */
export async function insertAudit(
  trx: CompanyTransaction,
  by: { actor: string | null; way: AuditWay },
  { kind, act, subject = null, name = null, changes = [] }: AuditFacts,
): Promise<void> {
  const entry = { ...by, kind, act, subject, name, changes: JSON.stringify(changes) };
  await insert(trx, 'audit_entry', { company: trx.company, id: newId(), ...entry });
}

/** A round's work: the next one goes on where it ended. */
const FORGOTTEN_AT_ONCE_MAX = 10_000;

/** Clears entries older than that; the database refuses to clear those of the last 30 days. */
export async function forgetOldAudit(trx: CompanyTransaction, keepDays: number): Promise<void> {
  await select(
    trx,
    `delete from audit_entry where (company, id) in (
       select company, id from audit_entry
       where company = ? and at < now() - make_interval(days => ?) order by at limit ?)`,
    [trx.company, keepDays, FORGOTTEN_AT_ONCE_MAX],
  );
}

export interface AuditFilter extends PageRequest {
  /** Ids of agents. */
  actor: string | null;
  kind: AuditKind | null;
}

/** A customer's name is asked for, not kept: who is erased is erased here too. */
const nameOfCustomer = `(select coalesce(nullif(k.name, ''), k.email)
  from customer c join customer k on k.company = c.company and k.id = coalesce(c.merged_into, c.id)
  where c.company = e.company and c.id = e.subject)`;

/** The newest first. */
export async function listAudit(
  trx: CompanyTransaction,
  { actor, kind, limit, cursor }: AuditFilter,
): Promise<Page<AuditEntry>> {
  const conditions: { sql: string; bindings: string[] }[] = [];
  if (actor !== null) conditions.push({ sql: 'e.actor = ?', bindings: [actor] });
  if (kind !== null) conditions.push({ sql: 'e.kind = ?', bindings: [kind] });
  if (cursor !== null) {
    const key = readCursor(cursor, 'audit');
    const bindings = [key.time(), key.text()];
    conditions.push({ sql: '(e.at, e.id) < (?::timestamptz, ?)', bindings });
  }
  const where = conditions.map(({ sql }) => `and ${sql}`).join(' ');
  const rows = await selectAssembled<AuditEntry & { key: string }>(
    trx,
    `select e.id, e.at, ${exactTime('e.at')} as key, e.way, e.kind, e.act, e.subject,
       case when e.kind = 'customer' then ${nameOfCustomer} else e.name end as name, e.changes,
       case when e.actor is null then null else
          json_build_object('id', e.actor, 'name', coalesce(a.name, '')) end as actor
     from audit_entry e left join agent a on a.company = e.company and a.id = e.actor
     where e.company = ? ${where}
     order by e.at desc, e.id desc limit ?`,
    [trx.company, ...conditions.flatMap(({ bindings }) => bindings), limit + 1],
  );
  const { items, nextCursor } = pageOf(rows, limit, 'audit', (row) => [row.key, row.id]);
  return { items: items.map(({ key: _, ...entry }) => entry), nextCursor };
}
