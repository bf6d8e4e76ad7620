import { migrate as migrateDatabase } from '../../database/migrate.ts';
import { readWords } from './verb.ts';
import type { Verb } from './verb.ts';

export const migrate: Verb = {
  name: 'migrate',
  summary: 'Bring the database to the newest schema; safe to run again',
  usage: [''],
  run: async (words, tools) => {
    readWords(words, {});
    const ran = await migrateDatabase(tools.databaseUrl());
    tools.print(ran.length === 0 ? 'The schema is the newest.' : `Ran ${ran.join(', ')}.`);
  },
};
