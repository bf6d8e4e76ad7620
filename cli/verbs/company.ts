import { hashPassword } from '../../api/password.ts';
import { newId } from '../../database/new-id.ts';
import { insertAgent } from '../../database/queries/agents.ts';
import { insertAudit } from '../../database/queries/audit.ts';
import { insertCompany, listCompanyIds, readCompany } from '../../database/queries/companies.ts';
import { newPassword } from '../new-password.ts';
import { byTool, printRows, readEmail, readWords, UsageError, wordAt } from './verb.ts';
import type { Tools, Verb } from './verb.ts';

/** It is part of workflow ids and Message-IDs. */
const COMPANY_ID = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

export const company: Verb = {
  name: 'company',
  summary: 'List the companies, or add one with its first admin',
  usage: ['list [--json]', 'add ID --name NAME --admin-email EMAIL [--admin-name NAME] [--json]'],
  run: async (words, tools) => {
    const given = readWords(words, {
      options: ['name', 'admin-email', 'admin-name'],
      flags: ['json'],
    });
    const what = wordAt(given.words, 0, 'list or add');
    if (what === 'list') return list(tools, given.flag('json'));
    if (what !== 'add') throw new UsageError(`"${what}" is neither list nor add`);
    const id = wordAt(given.words, 1, 'the id of the company');
    if (!COMPANY_ID.test(id)) {
      throw new UsageError(`"${id}" is no id: use up to 40 small letters, digits and dashes`);
    }
    const name = given.need('name');
    const email = readEmail(given.need('admin-email'));
    const password = newPassword();
    const passwordHash = await hashPassword(password);
    const adminName = given.option('admin-name') ?? 'Admin';
    await tools.database().withCompany(id, async (trx) => {
      await insertCompany(trx, name);
      const admin = { id: newId(), name: adminName, email, role: 'admin', teams: [] } as const;
      await insertAgent(trx, { ...admin, passwordHash });
      await insertAudit(trx, byTool, { kind: 'company', act: 'made', name });
      const made = { kind: 'agent', act: 'made', subject: admin.id, name: adminName } as const;
      await insertAudit(trx, byTool, made);
    });
    printRows(tools, [{ company: id, email, password }], given.flag('json'));
  },
};

async function list(tools: Tools, json: boolean): Promise<void> {
  const database = tools.database();
  const rows = [];
  for (const id of await listCompanyIds(database)) {
    const found = await database.withCompany(id, readCompany);
    if (found) rows.push({ id, name: found.name, createdAt: found.createdAt });
  }
  printRows(tools, rows, json);
}
