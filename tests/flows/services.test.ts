import { Connection } from '@temporalio/client';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { createTestDatabase, dropTestDatabase } from '../../stack/test-stack.ts';

const NAME = 'services_test';

describe('the services that tests share', () => {
  test('give a migrated database to whoever asks', async () => {
    const url = await createTestDatabase(inject('databaseUrl'), NAME);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const found = await client.query("SELECT to_regclass('ticket_event') IS NOT NULL AS there");
    await client.end();
    await dropTestDatabase(inject('databaseUrl'), NAME);
    expect(found.rows).toEqual([{ there: true }]);
  });

  test('have a Temporal server that answers', async () => {
    const connection = await Connection.connect({ address: inject('temporalAddress') });
    const info = await connection.workflowService.getSystemInfo({});
    await connection.close();
    expect(info.serverVersion).toMatch(/^\d+\.\d+/);
  });
});
