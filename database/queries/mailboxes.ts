import { refused } from '../../domain/errors.ts';
import type { RefusedError } from '../../domain/errors.ts';
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
  signatureHtml: string | null;
  displayName: string | null;
  aliases: string[];
  plusAddresses: boolean;
  authservId: string | null;
  acknowledge: boolean;
  assistant: AssistantMode;
  /** Sites that may show its support module. */
  origins: string[];
  createdAt: string;
}

const mailbox = `select b.id, b.address, b.name, b.signature, b.acknowledge, b.assistant, b.origins,
  b.signature_html as "signatureHtml", b.display_name as "displayName",
  b.plus_addresses as "plusAddresses", b.authserv_id as "authservId",
  array(select a.address from mailbox_alias a
    where a.company = b.company and a.mailbox = b.id order by a.address) as aliases,
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
  /** Instead of the plain signature in HTML; sanitised by whoever hands it in. */
  signatureHtml?: string | null;
  /** In `From`, instead of the name. */
  displayName?: string | null;
  /** All further addresses, in lower case. */
  aliases?: readonly string[];
  /** False where the provider takes no `local+token@domain`. */
  plusAddresses?: boolean;
  /** Whose Authentication-Results are believed; null = those of a provider that is known. */
  authservId?: string | null;
  acknowledge?: boolean;
  assistant?: AssistantMode;
  /** As browsers name them. */
  origins?: readonly string[];
}

/** What of it is in the mailbox's own row. */
function columnsOf(fields: MailboxFields): { [column: string]: unknown } {
  const { aliases: _, signatureHtml, displayName, plusAddresses, authservId, ...plain } = fields;
  const renamed = {
    signature_html: signatureHtml,
    display_name: displayName,
    plus_addresses: plusAddresses,
    authserv_id: authservId,
  };
  return Object.fromEntries(
    Object.entries({ ...plain, ...renamed }).filter(([, value]) => value !== undefined),
  );
}

/** @throws RefusedError `not_found` for a strange team, `already_exists` for a taken address */
export async function insertMailbox(
  trx: CompanyTransaction,
  made: MailboxFields & { id: string; address: string; name: string },
): Promise<void> {
  const { id, address } = made;
  await requireTeamOf(trx, made);
  await requireFree(trx, [address], id);
  try {
    await trx('mailbox').insert({ company: trx.company, ...columnsOf(made), id, address });
  } catch (error) {
    if (!isDuplicate(error, 'mailbox_address')) throw error;
    throw taken(address);
  }
  await replaceAliases(trx, id, made.aliases);
}

/** @returns false when there is no such mailbox */
export async function updateMailbox(
  trx: CompanyTransaction,
  id: string,
  changes: MailboxFields,
): Promise<boolean> {
  const where = { company: trx.company, id };
  await requireTeamOf(trx, changes);
  const known: { id: string } | undefined = await trx('mailbox').where(where).first('id');
  if (!known) return false;
  const columns = columnsOf(changes);
  if (Object.keys(columns).length > 0) await trx('mailbox').where(where).update(columns);
  await replaceAliases(trx, id, changes.aliases);
  return true;
}

async function replaceAliases(
  trx: CompanyTransaction,
  mailbox: string,
  aliases: readonly string[] | undefined,
): Promise<void> {
  if (aliases === undefined) return;
  const { company } = trx;
  await requireFree(trx, aliases, mailbox);
  await trx('mailbox_alias').where({ company, mailbox }).delete();
  const rows = [...new Set(aliases)].map((address) => ({ company, mailbox, address }));
  if (rows.length > 0) await trx('mailbox_alias').insert(rows);
}

/** Of two who give an address away at the same moment, the second waits and sees the first. */
const ADDRESS_LOCKS = 7_352_010;

/**
 * An address leads to one mailbox of one company, be it as its own or as an alias.
 * @throws RefusedError `already_exists`
 */
async function requireFree(
  trx: CompanyTransaction,
  addresses: readonly string[],
  mailbox: string,
): Promise<void> {
  for (const address of addresses.toSorted()) {
    await select(trx, 'select pg_advisory_xact_lock(?, hashtext(lower(?)))', [
      ADDRESS_LOCKS,
      address,
    ]);
    const [owner] = await select<{ company: string; mailbox: string; own: boolean }>(
      trx,
      `select l.company, l.mailbox,
         exists (select from mailbox where id = l.mailbox and lower(address) = lower(?)) as own
       from lookup_mailbox(?) l`,
      [address, address],
    );
    if (!owner) continue;
    const isOurs = owner.company === trx.company && owner.mailbox === mailbox && !owner.own;
    if (!isOurs) throw taken(address);
  }
}

function taken(address: string): RefusedError {
  return refused('already_exists', `"${address}" is a mailbox already; choose another address.`);
}

/** Every address of a mailbox, its own first. */
export async function readAddresses(trx: CompanyTransaction, mailbox: string): Promise<string[]> {
  const rows = await select<{ address: string }>(
    trx,
    `select lower(address) as address, 0 as place from mailbox where company = ? and id = ?
     union all
     select lower(address), 1 from mailbox_alias where company = ? and mailbox = ? order by 2, 1`,
    [trx.company, mailbox, trx.company, mailbox],
  );
  return rows.map(({ address }) => address);
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
