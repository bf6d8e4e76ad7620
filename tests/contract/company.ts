import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createCaller, withToken } from './caller.ts';
import type { Caller } from './caller.ts';
import { postkeepRows } from './cli.ts';
import { contract } from './product.ts';

/** An agent who is signed in by the console's cookie. */
export interface SignedInAgent extends Caller {
  id: string;
  name: string;
  email: string;
  password: string;
}

export interface AgentSettings {
  role?: 'agent' | 'admin';
  /** Ids. */
  teams?: string[];
}

/** A company of a test's own: other files neither see nor count what happens in it. */
export interface Company {
  id: string;
  /** A token that acts as its admin. */
  admin: Caller & { id: string; email: string; password: string };
  mailbox: { id: string; address: string };
  agent(name: string, more?: AgentSettings): Promise<SignedInAgent>;
  team(name: string): Promise<{ id: string; name: string }>;
}

/** What credentials.json holds. */
export interface Credentials {
  company: string;
  admin: { email: string; password: string };
  agents: { email: string; password: string }[];
  apiToken: string;
}

export function readCredentials(folder: string): Credentials {
  return JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8'));
}

/** The company that the first start makes, by the token of credentials.json. */
export function acme(): Caller {
  const { url, folder } = contract;
  return withToken(url, readCredentials(folder).apiToken);
}

export async function newCompany(name: string): Promise<Company> {
  const { url, folder } = contract;
  // Another run against the same product is another company.
  const id = `${name}-${Date.now().toString(36)}`;
  const email = `admin@${id}.test`;
  const [row] = await postkeepRows(
    folder,
    ...['company', 'add', id, '--name', `Company ${id}`, '--admin-email', email],
  );
  const password = String(row?.['password']);
  const session = await signIn(url, email, password);
  const me = await session.done('GET', '/me');
  const token = await session.done('POST', '/tokens', { name: 'contract' });
  const admin = {
    ...withToken(url, token.body.token),
    id: String(me.body.agent.id),
    email,
    password,
  };
  const address = `support@${id}.test`;
  const mailbox = await admin.done('POST', '/mailboxes', { address, name: `Desk of ${id}` });
  return {
    id,
    admin,
    mailbox: { id: mailbox.body.id, address },
    agent: (name, more) => newAgent(url, id, admin, name, more),
    team: async (teamName) => {
      const { body } = await admin.done('POST', '/teams', { name: teamName });
      return { id: body.id, name: body.name };
    },
  };
}

async function newAgent(
  url: string,
  company: string,
  admin: Caller,
  name: string,
  { role = 'agent', teams = [] }: AgentSettings = {},
): Promise<SignedInAgent> {
  const email = `${name.toLowerCase()}@${company}.test`;
  const password = `${name} writes mails`;
  const made = await admin.done('POST', '/agents', { name, email, role, teams, password });
  const caller = await signIn(url, email, password);
  return { ...caller, id: made.body.id, name, email, password };
}

/** A caller with the session cookie, as a browser has it. */
export async function signIn(url: string, email: string, password: string): Promise<Caller> {
  const answer = await createCaller(url, {}).done('POST', '/session', { email, password });
  return createCaller(url, { cookie: cookieOf(answer.headers) });
}

/** The cookie's name and value, without its attributes. */
export function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
