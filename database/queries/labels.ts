import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { isDuplicate } from '../errors.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';

export interface Label {
  id: string;
  name: string;
  /** How many tickets have it. */
  tickets: number;
  createdAt: string;
}

const label = `select l.id, l.name, l.created_at as "createdAt",
  (select count(*)::int from ticket_label x where x.company = l.company and x.label = l.id)
    as tickets
  from label l`;

export async function listLabels(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<Label>> {
  return listByName<Label>(trx, { from: label, name: 'l.name', id: 'l.id', ...request });
}

/** Null when this company has no such label. */
export async function readLabel(trx: CompanyTransaction, id: string): Promise<Label | null> {
  const [row] = await select<Label>(trx, `${label} where l.id = ?`, [id]);
  return row ?? null;
}

/** @throws RefusedError `already_exists` when another label has the name, capitals or not */
export async function insertLabel(
  trx: CompanyTransaction,
  made: { id: string; name: string },
): Promise<void> {
  try {
    await trx('label').insert({ company: trx.company, ...made });
  } catch (error) {
    throw nameTaken(error, made.name);
  }
}

/** @returns false when there is no such label */
export async function renameLabel(
  trx: CompanyTransaction,
  id: string,
  name: string,
): Promise<boolean> {
  try {
    return (await trx('label').where({ company: trx.company, id }).update({ name })) > 0;
  } catch (error) {
    throw nameTaken(error, name);
  }
}

/** Tickets keep the label's id in their log, and show it no longer. */
export async function deleteLabel(trx: CompanyTransaction, id: string): Promise<boolean> {
  return (await trx('label').where({ company: trx.company, id }).delete()) > 0;
}

function nameTaken(error: unknown, name: string): unknown {
  if (!isDuplicate(error, 'label_name')) return error;
  return refused('already_exists', `There is a label "${name}" already; choose another name.`);
}
