import { randomBytes } from 'node:crypto';

import { DeskClient, isRecord } from '../../cli/demo/desk-client.ts';
import { company as companyVerb } from '../../cli/verbs/company.ts';
import { mailbox as mailboxVerb } from '../../cli/verbs/mailbox.ts';
import { token as tokenVerb } from '../../cli/verbs/token.ts';
import type { Tools, Verb } from '../../cli/verbs/verb.ts';
import type { Database } from '../../database/client.ts';

/** A person of the desk, with the API as they may use it. */
export interface DeskAgent {
  id: string;
  name: string;
  email: string;
  password: string;
  api: DeskClient;
}

export interface DeskWishes {
  /** Begins the company's id, for who reads a failure. */
  name?: string;
  /** The admin's name. */
  admin?: string;
  /** Teams by name; the admin is in each. */
  teams?: readonly string[];
  /** Agents by name, or with the teams that they are in and their role. */
  agents?: readonly (string | { name: string; teams?: readonly string[]; role?: 'admin' })[];
  /** They are put away, unless a file is about them. */
  firstSteps?: true;
}

export interface DeskCompany {
  id: string;
  /** Where its agents and its mailbox live. */
  domain: string;
  mailbox: { id: string; address: string };
  admin: DeskAgent;
  agents: readonly DeskAgent[];
  /** Ids of teams by name. */
  teams: ReadonlyMap<string, string>;
}

const ADMIN = 'Anna Berg';
const PASSWORD = 'sits-by-the-window';

/** Makes a company as the admin tool does, and its people through the API. */
export async function makeDeskCompany(
  where: { url: string; database: Database; signal: AbortSignal },
  { name = 'desk', admin: adminName = ADMIN, teams = [], agents = [], firstSteps }: DeskWishes,
): Promise<DeskCompany> {
  const id = `${name}-${randomBytes(4).toString('hex')}`;
  const domain = `${id}.test`;
  const rowOf = (verb: Verb, ...words: string[]) => runVerb(where.database, verb, words);
  const email = `${localPartOf(adminName)}@${domain}`;
  const made = await rowOf(
    companyVerb,
    ...['add', id, '--name', `Company ${id}`, '--admin-email', email, '--admin-name', adminName],
  );
  const address = `support@${domain}`;
  const mailbox = await rowOf(mailboxVerb, 'add', address, '--name', 'Support', '--company', id);
  const { token } = await rowOf(tokenVerb, 'add', 'tests', '--agent', email, '--company', id);
  const api = new DeskClient(where.url, token ?? '', where.signal);
  const { agent: me } = await api.me();
  const admin = { id: me.id, name: adminName, email, password: made['password'] ?? '', api };
  const teamIds = new Map<string, string>();
  for (const team of teams)
    teamIds.set(team, idOf(await api.call('POST', '/teams', { name: team })));
  await api.call('PATCH', `/agents/${me.id}`, { teams: [...teamIds.values()] });
  if (!firstSteps) await api.call('PUT', '/first-steps', { over: true });
  const others: DeskAgent[] = [];
  for (const wanted of agents) {
    const agent = typeof wanted === 'string' ? { name: wanted } : wanted;
    others.push(await addAgent(where, { api, domain, teamIds }, agent));
  }
  const box = { id: mailbox['id'] ?? '', address };
  return { id, domain, mailbox: box, admin, agents: others, teams: teamIds };
}

async function addAgent(
  { url, signal }: { url: string; signal: AbortSignal },
  of: { api: DeskClient; domain: string; teamIds: ReadonlyMap<string, string> },
  wanted: { name: string; teams?: readonly string[]; role?: 'admin' },
): Promise<DeskAgent> {
  const { name, role = 'agent' } = wanted;
  const email = `${localPartOf(name)}@${of.domain}`;
  const teams = (wanted.teams ?? []).map((team) => of.teamIds.get(team) ?? team);
  const body = { name, email, role, teams, password: PASSWORD };
  const id = idOf(await of.api.call('POST', '/agents', body));
  const { token } = await of.api.makeToken('tests', id);
  return { id, name, email, password: PASSWORD, api: new DeskClient(url, token, signal) };
}

/** `Åsa Lindqvist` is asa. */
function localPartOf(name: string): string {
  const [first = ''] = name.normalize('NFD').toLowerCase().split(' ');
  return first.replaceAll(/[^a-z0-9]/g, '');
}

/** What a verb of the admin tool prints for scripts. */
async function runVerb(
  database: Database,
  verb: Verb,
  words: string[],
): Promise<{ [column: string]: string }> {
  const lines: string[] = [];
  const tools: Tools = {
    database: () => database,
    databaseUrl: () => '',
    print: (line) => lines.push(line),
  };
  await verb.run([...words, '--json'], tools);
  const row: { [column: string]: string } = JSON.parse(lines[0] ?? '{}');
  return row;
}

function idOf(value: unknown): string {
  if (!isRecord(value)) throw new Error('the API gave nothing with an id');
  return String(value['id']);
}
