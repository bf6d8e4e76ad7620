import { listCompanyIds } from '../../database/queries/companies.ts';
import { rebuildProjection as rebuild } from '../../database/rebuild.ts';
import { chooseCompany, readWords } from './verb.ts';
import type { Verb } from './verb.ts';

export const rebuildProjection: Verb = {
  name: 'rebuild-projection',
  summary: 'Make the read tables anew from the event log, of one company or of all',
  usage: ['[--company ID]'],
  run: async (words, tools) => {
    const given = readWords(words, { options: ['company'] });
    const database = tools.database();
    const wanted = given.option('company');
    const companies =
      wanted === undefined
        ? await listCompanyIds(database)
        : [await chooseCompany(database, wanted)];
    for (const company of companies) {
      const count = await rebuild(database, company);
      tools.print(`${company}: ${count} ${count === 1 ? 'ticket' : 'tickets'} rebuilt`);
    }
  },
};
