import knexPackage from 'knex';
import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';

import { withClient } from '../stack/postgres/server.ts';
import { createTestDatabase } from '../stack/test-database.ts';
import { buildIndexes } from './build-indexes.ts';
import { createDatabase } from './client.ts';
import type { Database } from './client.ts';
import { migrate } from './migrate.ts';
import * as profiles from './migrations/0019-profiles.ts';
import { readMe } from './queries/me.ts';

let url: string;
let database: Database;
let owner: Knex;

beforeAll(async () => {
  url = await createTestDatabase(inject('databaseUrl'), 'upgrade');
  database = createDatabase(url, { poolMax: 1 });
  owner = knexPackage.default({ client: 'pg', connection: url, pool: { min: 0, max: 1 } });
});

afterAll(() => Promise.all([database.close(), owner.destroy()]));

test('a company of before follows its new settings, and is not asked for first steps', async () => {
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
  const [anna, bo] = await database.withCompany('acme', async (trx) => [
    await readMe(trx, 'anna'),
    await readMe(trx, 'bo'),
  ]);
  expect(anna).toMatchObject({ agent: { ownUndoSeconds: null }, company: { firstSteps: false } });
  expect(bo).toMatchObject({ agent: { ownUndoSeconds: 0 } });
  const others = await database.withCompany('globex', (trx) => trx('agent'));
  expect(others).toEqual([]);
});

const indexesOf = async (table: string): Promise<unknown[]> => {
  const { rows }: { rows: unknown[] } = await owner.raw(
    `select indexrelid::regclass::text as name, indisvalid as valid, indexrelid as id
     from pg_index where indrelid = to_regclass(?)`,
    [table],
  );
  return rows;
};

test('what a build left that was broken off is built anew, and what is there is left', async () => {
  await owner.raw('create table twice as select 1 as one from generate_series(1, 2)');
  const broken = owner.raw('create unique index concurrently twice_one on twice (one)');
  await expect(broken).rejects.toThrow('could not create unique index');
  expect(await indexesOf('twice')).toMatchObject([{ name: 'twice_one', valid: false }]);
  await buildIndexes(owner, { twice_one: 'twice (one)' });
  const built = await indexesOf('twice');
  expect(built).toMatchObject([{ name: 'twice_one', valid: true }]);
  await buildIndexes(owner, { twice_one: 'twice (one)' });
  expect(await indexesOf('twice')).toEqual(built);
});

const ASKS_FOR_LOCK = `select from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and query like '%pg_try_advisory_lock%'`;

test('a process that waits for another to migrate does not hold up its indexes', async () => {
  await withClient(url, async (first) => {
    // As in migrate.ts.
    await first.query('select pg_advisory_lock(7352001)');
    const second = migrate(url);
    await vi.waitFor(async () => expect((await first.query(ASKS_FOR_LOCK)).rowCount).toBe(1));
    await first.query('create index concurrently while_waiting on ticket (company, seq)');
    await first.query('drop index while_waiting; select pg_advisory_unlock(7352001)');
    expect(await second).toEqual([]);
  });
});

test('a migration that was broken off before it was recorded runs again', async () => {
  const name = '0027-unsettled-mail';
  await owner('migration').where({ name }).delete();
  expect(await migrate(url)).toEqual([name]);
  expect(await migrate(url)).toEqual([]);
  const indexes = await indexesOf('message_delivery');
  expect(indexes).toContainEqual(
    expect.objectContaining({ name: 'message_delivery_unsettled', valid: true }),
  );
});
