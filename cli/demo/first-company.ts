import { hashPassword } from '../../api/password.ts';
import type { CompanyTransaction, Database } from '../../database/client.ts';
import { hashCredential } from '../../database/credential-hash.ts';
import { newId } from '../../database/new-id.ts';
import { insertAgent } from '../../database/queries/agents.ts';
import { insertCannedResponse } from '../../database/queries/canned-responses.ts';
import { insertCompany } from '../../database/queries/companies.ts';
import { endFirstSteps } from '../../database/queries/first-steps.ts';
import { insertLabel } from '../../database/queries/labels.ts';
import { insertMailbox } from '../../database/queries/mailboxes.ts';
import { insertTeam } from '../../database/queries/teams.ts';
import { insertToken } from '../../database/queries/tokens.ts';
import type { Credentials } from '../credentials.ts';
import { makeDemoKnowledgeBase } from './knowledge-base.ts';
import { demoAdmin, demoAgents, demoLabels, demoTeams } from './people.ts';
import { readWrittenTexts } from './written-texts.ts';

const COMPANY_NAME = 'Acme';
const ADMIN_NAME = 'Admin';
const MAILBOX = { address: 'support@acme.test', name: 'Acme Support' };
const DEMO_SIGNATURE = 'Kind regards\nAcme Support';
const TOKEN_NAME = 'First run';

/** Everything in one transaction: there is a whole company, or none. */
export async function makeFirstCompany(
  database: Database,
  credentials: Credentials,
  demo: boolean,
): Promise<void> {
  const { company, admin, agents, apiToken } = credentials;
  const adminHash = await hashPassword(admin.password);
  const agentHashes = await Promise.all(agents.map(({ password }) => hashPassword(password)));
  await database.withCompany(company, async (trx) => {
    await insertCompany(trx, COMPANY_NAME);
    const teams = demo ? await makeTeams(trx) : new Map<string, string>();
    const adminId = newId();
    await insertAgent(trx, {
      id: adminId,
      name: demo ? demoAdmin.name : ADMIN_NAME,
      email: admin.email,
      role: 'admin',
      teams: [...teams.values()],
      passwordHash: adminHash,
    });
    const hash = hashCredential(apiToken);
    await insertToken(trx, { id: newId(), name: TOKEN_NAME, agent: adminId, hash });
    const team = teams.get('Support') ?? null;
    const signature = demo ? DEMO_SIGNATURE : '';
    await insertMailbox(trx, { ...MAILBOX, id: newId(), team, signature });
    if (demo) await makeDemoContent(trx, { teams, agentHashes, adminId });
  });
}

async function makeTeams(trx: CompanyTransaction): Promise<Map<string, string>> {
  const teams = new Map<string, string>();
  for (const name of demoTeams) {
    const id = newId();
    await insertTeam(trx, { id, name });
    teams.set(name, id);
  }
  return teams;
}

interface DemoPeople {
  teams: Map<string, string>;
  agentHashes: readonly string[];
  adminId: string;
}

async function makeDemoContent(trx: CompanyTransaction, people: DemoPeople): Promise<void> {
  const agents = await makeAgents(trx, people);
  // Somebody has looked around already: what a new company does first is done here.
  await endFirstSteps(trx, true);
  for (const name of demoLabels) await insertLabel(trx, { id: newId(), name });
  for (const { title, body } of readWrittenTexts('responses/company')) {
    await insertCannedResponse(trx, { id: newId(), agent: null, title, body });
  }
  for (const { file, title, body } of readWrittenTexts('responses/personal')) {
    const agent = agents.get(file.split('-')[0] ?? '') ?? people.adminId;
    await insertCannedResponse(trx, { id: newId(), agent, title, body });
  }
  await makeDemoKnowledgeBase(trx);
}

/** Their ids by the first part of their address. */
async function makeAgents(
  trx: CompanyTransaction,
  { teams, agentHashes }: DemoPeople,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [index, agent] of demoAgents.entries()) {
    const id = newId();
    ids.set(agent.email.split('@')[0] ?? '', id);
    await insertAgent(trx, {
      id,
      name: agent.name,
      email: agent.email,
      role: 'agent',
      teams: agent.teams.flatMap((team) => teams.get(team) ?? []),
      passwordHash: agentHashes[index] ?? null,
    });
  }
  return ids;
}
