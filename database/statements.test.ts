import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { createTestDatabase } from '../stack/test-database.ts';
import { createDatabase, select, together } from './client.ts';
import type { CompanyTransaction, Database } from './client.ts';

let database: Database;

beforeAll(async () => {
  const url = await createTestDatabase(inject('databaseUrl'), 'statements');
  database = createDatabase(url, { poolMax: 1 });
});

afterAll(() => database.close());

test('what failed first is told, not what failed behind it for its sake', async () => {
  const inTwoSteps = async (trx: CompanyTransaction) => {
    await select(trx, 'select 1 as one');
    await select(trx, 'select 2 as two');
  };
  const work = database.withCompany('acme', (trx) =>
    together([inTwoSteps(trx), select(trx, 'select 1 / ?::int as none', [0])]),
  );
  const DIVISION_BY_ZERO = '22012';
  await expect(work).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
});

test('a statement that failed behind another works in the next transaction', async () => {
  const sql = 'select ?::int as next';
  const failing = database.withCompany('acme', (trx) =>
    together([
      select(trx, 'select 1 / ?::int as none', [0]),
      select(trx, sql, [1]),
      select(trx, sql, [2]),
    ]),
  );
  await expect(failing).rejects.toThrow('division by zero');
  const rows = await database.withCompany('acme', (trx) =>
    together([select(trx, sql, [3]), select(trx, sql, [4])]),
  );
  expect(rows).toEqual([[{ next: 3 }], [{ next: 4 }]]);
});

test('a transaction takes back what it did when its work fails', async () => {
  const work = database.withCompany('acme', async (trx) => {
    await trx('company').insert({ id: trx.company, name: 'ACME' });
    throw new Error('no further');
  });
  await expect(work).rejects.toThrow('no further');
  const rows = await database.withCompany('acme', (trx) => trx('company'));
  expect(rows).toEqual([]);
});

test('a transaction whose work swallowed a failure is told to have kept nothing', async () => {
  const work = database.withCompany('acme', async (trx) => {
    await trx('company').insert({ id: trx.company, name: 'ACME' });
    await select(trx, 'select 1 / ?::int as none', [0]).catch(() => undefined);
    return 'done';
  });
  await expect(work).rejects.toThrow('nothing of the transaction was kept');
  const rows = await database.withCompany('acme', (trx) => trx('company'));
  expect(rows).toEqual([]);
});

test('a statement that nobody waited for does not meet the next transaction', async () => {
  let late: (() => Promise<unknown>) | undefined;
  await database.withCompany('acme', (trx) => {
    late = () => select(trx, 'select 1 as one');
    return Promise.resolve();
  });
  await expect(late?.()).rejects.toThrow('the transaction is over');
});

test('a connection that is lost on the way is not given to the next transaction', async () => {
  const work = database.withCompany('acme', (trx) =>
    select(trx, 'select pg_terminate_backend(pg_backend_pid())'),
  );
  await expect(work).rejects.toThrow();
  const rows = await database.withCompany('acme', (trx) => select(trx, 'select 1 as one'));
  expect(rows).toEqual([{ one: 1 }]);
});
