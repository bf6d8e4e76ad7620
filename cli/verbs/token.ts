import { hashCredential, newCredential } from '../../database/credential-hash.ts';
import { newId } from '../../database/new-id.ts';
import { insertAudit } from '../../database/queries/audit.ts';
import { insertToken, listTokens, readToken, revokeToken } from '../../database/queries/tokens.ts';
import { agentOf } from './agent.ts';
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

export const token: Verb = {
  name: 'token',
  summary: 'List, add and revoke API tokens; a new one is shown once',
  usage: [
    'list [--company ID] [--json]',
    'add NAME --agent EMAIL [--company ID] [--json]',
    'revoke ID [--company ID]',
  ],
  run: async (words, tools) => {
    const given = readWords(words, { options: ['company', 'agent'], flags: ['json'] });
    const what = wordAt(given.words, 0, 'list, add or revoke');
    const company = await chooseCompany(tools.database(), given.option('company'));
    const json = given.flag('json');
    switch (what) {
      case 'list':
        return list(tools, company, json);
      case 'add': {
        const name = wordAt(given.words, 1, 'a name for the token');
        return add(tools, company, { name, email: readEmail(given.need('agent')) }, json);
      }
      case 'revoke':
        return revoke(tools, company, wordAt(given.words, 1, 'the id of the token'));
      default:
        throw new UsageError(`"${what}" is none of list, add, revoke`);
    }
  },
};

async function list(tools: Tools, company: string, json: boolean): Promise<void> {
  const tokens = await tools
    .database()
    .withCompany(company, (trx) => everyPage((page) => listTokens(trx, page)));
  const rows = tokens.map(({ id, name, agent, createdAt }) => {
    return { id, name, agent: agent.name, createdAt };
  });
  printRows(tools, rows, json);
}

async function add(
  tools: Tools,
  company: string,
  wanted: { name: string; email: string },
  json: boolean,
): Promise<void> {
  const id = newId();
  const secret = newCredential();
  await tools.database().withCompany(company, async (trx) => {
    const agent = await agentOf(trx, wanted.email);
    const { name } = wanted;
    await insertToken(trx, { id, name, agent: agent.id, hash: hashCredential(secret) });
    const changes = [{ field: 'agent', from: null, to: agent.name }];
    await insertAudit(trx, byTool, { kind: 'token', act: 'made', subject: id, name, changes });
  });
  printRows(tools, [{ company, id, token: secret }], json);
}

async function revoke(tools: Tools, company: string, id: string): Promise<void> {
  const done = await tools.database().withCompany(company, async (trx) => {
    const name = (await readToken(trx, id))?.name ?? null;
    if (!(await revokeToken(trx, id))) return false;
    await insertAudit(trx, byTool, { kind: 'token', act: 'deleted', subject: id, name });
    return true;
  });
  if (!done) throw new UsageError(`${company} has no token "${id}"`);
  tools.print(`The token ${id} is revoked.`);
}
