import knexPackage from 'knex';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { createTestDatabase } from '../stack/test-database.ts';
import { createDatabase } from './client.ts';
import type { Database } from './client.ts';
import * as profiles from './migrations/0019-profiles.ts';
import { readMe } from './queries/me.ts';

let url: string;
let database: Database;

beforeAll(async () => {
  url = await createTestDatabase(inject('databaseUrl'), 'upgrade');
  database = createDatabase(url, { poolMax: 1 });
});

afterAll(() => database.close());

test('a company of before follows its new settings, and is not asked for first steps', async () => {
  const owner = knexPackage.default({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
  try {
    await profiles.down(owner);
    await database.withCompany('acme', async (trx) => {
      await trx('company').insert({ id: 'acme', name: 'ACME' });
      const agent = { company: 'acme', name: 'Anna', role: 'admin' };
      await trx('agent').insert({ ...agent, id: 'anna', email: 'anna@acme.test' });
      const hasty = { ...agent, id: 'bo', email: 'bo@acme.test', undo_seconds: 0 };
      await trx('agent').insert(hasty);
      const ticket = { number: 1, seq: 0, folded: {}, state_version: 0, state: 'new' };
      await trx('ticket').insert({ company: 'acme', ...ticket });
    });
    await owner.transaction(profiles.up);
  } finally {
    await owner.destroy();
  }
  const [anna, bo] = await database.withCompany('acme', async (trx) => [
    await readMe(trx, 'anna'),
    await readMe(trx, 'bo'),
  ]);
  expect(anna).toMatchObject({ agent: { ownUndoSeconds: null }, company: { firstSteps: false } });
  expect(bo).toMatchObject({ agent: { ownUndoSeconds: 0 } });
  const others = await database.withCompany('globex', (trx) => trx('agent'));
  expect(others).toEqual([]);
});
