import { newId } from '../../database/new-id.ts';
import { insertAudit } from '../../database/queries/audit.ts';
import { insertMailbox, listMailboxes } from '../../database/queries/mailboxes.ts';
import { listTeams } from '../../database/queries/teams.ts';
import { normaliseAddress } from '../../mail/address.ts';
import { everyPage } from './every-page.ts';
import { byTool, chooseCompany, printRows, readWords, UsageError, wordAt } from './verb.ts';
import type { Tools, Verb } from './verb.ts';

export const mailbox: Verb = {
  name: 'mailbox',
  summary: 'List the mailboxes, or add one',
  usage: [
    'list [--company ID] [--json]',
    'add ADDRESS [--name NAME] [--team NAME] [--company ID] [--json]',
  ],
  run: async (words, tools) => {
    const given = readWords(words, { options: ['company', 'name', 'team'], flags: ['json'] });
    const what = wordAt(given.words, 0, 'list or add');
    const company = await chooseCompany(tools.database(), given.option('company'));
    const json = given.flag('json');
    if (what === 'list') return list(tools, company, json);
    if (what !== 'add') throw new UsageError(`"${what}" is neither list nor add`);
    const text = wordAt(given.words, 1, 'the address');
    const address = normaliseAddress(text);
    if (address === null || address.includes('+')) {
      throw new UsageError(`"${text}" is no address for a mailbox: give one without a plus`);
    }
    const id = newId();
    const name = given.option('name') ?? address;
    await tools.database().withCompany(company, async (trx) => {
      const wanted = given.option('team');
      const teams = await everyPage((page) => listTeams(trx, page));
      const team = teams.find((one) => one.name.toLowerCase() === wanted?.toLowerCase());
      if (wanted !== undefined && !team) throw new UsageError(`there is no team "${wanted}"`);
      await insertMailbox(trx, { id, address, name, team: team?.id ?? null });
      const facts = { kind: 'mailbox', act: 'made', subject: id, name: address } as const;
      await insertAudit(trx, byTool, facts);
    });
    printRows(tools, [{ company, id, address }], json);
  },
};

async function list(tools: Tools, company: string, json: boolean): Promise<void> {
  const boxes = await tools
    .database()
    .withCompany(company, (trx) => everyPage((page) => listMailboxes(trx, page)));
  const rows = boxes.map(({ id, address, name, team, acknowledge, assistant }) => {
    return { id, address, name, team: team?.name ?? null, acknowledge, assistant };
  });
  printRows(tools, rows, json);
}
