import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { isDuplicate } from '../errors.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';
import { requireTeams } from './teams.ts';
import type { Named } from './ticket-item.ts';

export const assistantModes = ['off', 'suggest', 'answer'] as const;
export type AssistantMode = (typeof assistantModes)[number];

export interface Mailbox {
  id: string;
  address: string;
  name: string;
  team: Named | null;
  signature: string;
  acknowledge: boolean;
  assistant: AssistantMode;
  createdAt: string;
}

const mailbox = `select b.id, b.address, b.name, b.signature, b.acknowledge, b.assistant,
  b.created_at as "createdAt",
  case when g.id is null then null
    else json_build_object('id', g.id, 'name', g.name) end as team
  from mailbox b left join team g on g.company = b.company and g.id = b.team`;

export async function listMailboxes(
  trx: CompanyTransaction,
  request: PageRequest,
): Promise<Page<Mailbox>> {
  return listByName<Mailbox>(trx, { from: mailbox, name: 'b.address', id: 'b.id', ...request });
}

/** Null when this company has no such mailbox. */
export async function readMailbox(trx: CompanyTransaction, id: string): Promise<Mailbox | null> {
  const [row] = await select<Mailbox>(trx, `${mailbox} where b.id = ?`, [id]);
  return row ?? null;
}

/** What can be said about a mailbox; `team` is an id of the same company. */
export interface MailboxFields {
  name?: string;
  team?: string | null;
  signature?: string;
  acknowledge?: boolean;
  assistant?: AssistantMode;
}

/** @throws RefusedError `not_found` for a strange team, `already_exists` for a taken address */
export async function insertMailbox(
  trx: CompanyTransaction,
  made: MailboxFields & { id: string; address: string; name: string },
): Promise<void> {
  await requireTeamOf(trx, made);
  try {
    await trx('mailbox').insert({ company: trx.company, ...made });
  } catch (error) {
    if (!isDuplicate(error, 'mailbox_address')) throw error;
    throw refused(
      'already_exists',
      `"${made.address}" is a mailbox already; choose another address.`,
    );
  }
}

/** @returns false when there is no such mailbox */
export async function updateMailbox(
  trx: CompanyTransaction,
  id: string,
  changes: MailboxFields,
): Promise<boolean> {
  const where = { company: trx.company, id };
  await requireTeamOf(trx, changes);
  if (Object.keys(changes).length === 0) {
    const found: { id: string } | undefined = await trx('mailbox').where(where).first('id');
    return found !== undefined;
  }
  return (await trx('mailbox').where(where).update(changes)) > 0;
}

/**
 * @returns false when there is no such mailbox
 * @throws RefusedError `not_allowed` once it has had mail: its tickets answer from it
 */
export async function deleteMailbox(trx: CompanyTransaction, id: string): Promise<boolean> {
  const used = await select<{ used: boolean }>(
    trx,
    `select exists (select from mail where mailbox = ?)
       or exists (select from ticket where mailbox = ?) as used`,
    [id, id],
  );
  if (used[0]?.used) {
    throw refused('not_allowed', 'The mailbox has mail; its tickets are answered from it.');
  }
  return (await trx('mailbox').where({ company: trx.company, id }).delete()) > 0;
}

async function requireTeamOf(trx: CompanyTransaction, { team }: MailboxFields): Promise<void> {
  if (team !== undefined && team !== null) await requireTeams(trx, [team]);
}
