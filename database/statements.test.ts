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
