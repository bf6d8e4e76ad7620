import { hashPassword } from '../../api/password.ts';
import type { CompanyTransaction } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import { agentRoles, insertAgent, listAgents, updateAgent } from '../../database/queries/agents.ts';
import type { Agent, AgentRole } from '../../database/queries/agents.ts';
import { insertAudit } from '../../database/queries/audit.ts';
import { listTeams } from '../../database/queries/teams.ts';
import { newPassword } from '../new-password.ts';
import { everyPage } from './every-page.ts';
import {
  byTool,
  chooseCompany,
  printRows,
  readEmail,
  readWords,
  UsageError,
  wordAt,
} from './verb.ts';
import type { Tools, Verb } from './verb.ts';

export const agent: Verb = {
  name: 'agent',
  summary: 'List, add and deactivate agents, or give one a new password',
  usage: [
    'list [--company ID] [--json]',
    'add EMAIL --name NAME [--role agent|admin] [--team NAME]... [--company ID] [--json]',
    'password EMAIL [--company ID] [--json]',
    'deactivate EMAIL [--company ID]',
  ],
  run: async (words, tools) => {
    const given = readWords(words, {
      options: ['company', 'name', 'role'],
      lists: ['team'],
      flags: ['json'],
    });
    const what = wordAt(given.words, 0, 'list, add, password or deactivate');
    const company = await chooseCompany(tools.database(), given.option('company'));
    const json = given.flag('json');
    const email = () => readEmail(wordAt(given.words, 1, 'the address of the agent'));
    switch (what) {
      case 'list':
        return list(tools, company, json);
      case 'add': {
        const role = readRole(given.option('role') ?? 'agent');
        const made = { email: email(), name: given.need('name'), role, teams: given.all('team') };
        return add(tools, company, made, json);
      }
      case 'password':
        return changePassword(tools, company, email(), json);
      case 'deactivate':
        await deactivate(tools, company, email());
        return tools.print(`${email()} can no longer sign in.`);
      default:
        throw new UsageError(`"${what}" is none of list, add, password, deactivate`);
    }
  },
};

function readRole(text: string): AgentRole {
  const role = agentRoles.find((one) => one === text);
  if (role) return role;
  throw new UsageError(`"${text}" is no role: give one of ${agentRoles.join(', ')}`);
}

async function list(tools: Tools, company: string, json: boolean): Promise<void> {
  const agents = await tools
    .database()
    .withCompany(company, (trx) => everyPage((page) => listAgents(trx, page)));
  const rows = agents.map(({ id, email, name, role, active, teams }) => ({
    id,
    email,
    name,
    role,
    active,
    teams: teams.map((team) => team.name).join(', '),
  }));
  printRows(tools, rows, json);
}

async function add(
  tools: Tools,
  company: string,
  made: { email: string; name: string; role: AgentRole; teams: string[] },
  json: boolean,
): Promise<void> {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await tools.database().withCompany(company, async (trx) => {
    const teams = await teamIds(trx, made.teams);
    const id = newId();
    await insertAgent(trx, { ...made, id, teams, passwordHash });
    await insertAudit(trx, byTool, { kind: 'agent', act: 'made', subject: id, name: made.name });
  });
  printRows(tools, [{ company, email: made.email, password }], json);
}

async function changePassword(
  tools: Tools,
  company: string,
  email: string,
  json: boolean,
): Promise<void> {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await tools.database().withCompany(company, async (trx) => {
    const { id, name } = await agentOf(trx, email);
    await updateAgent(trx, id, { passwordHash });
    await insertAudit(trx, byTool, { kind: 'agent', act: 'passwordSet', subject: id, name });
  });
  printRows(tools, [{ company, email, password }], json);
}

async function deactivate(tools: Tools, company: string, email: string): Promise<void> {
  await tools.database().withCompany(company, async (trx) => {
    const { id, name, active } = await agentOf(trx, email);
    await updateAgent(trx, id, { active: false });
    const facts = { kind: 'agent', act: 'deactivated', subject: id, name } as const;
    if (active) await insertAudit(trx, byTool, facts);
  });
}

/** The agent with this address. @throws UsageError */
export async function agentOf(trx: CompanyTransaction, email: string): Promise<Agent> {
  const agents = await everyPage((page) => listAgents(trx, page));
  const found = agents.find((one) => one.email.toLowerCase() === email);
  if (!found) throw new UsageError(`no agent of ${trx.company} has the address "${email}"`);
  return found;
}

async function teamIds(trx: CompanyTransaction, names: readonly string[]): Promise<string[]> {
  const teams = await everyPage((page) => listTeams(trx, page));
  return names.map((name) => {
    const found = teams.find((team) => team.name.toLowerCase() === name.toLowerCase());
    if (!found) throw new UsageError(`${trx.company} has no team "${name}"`);
    return found.id;
  });
}
