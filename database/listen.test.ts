import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { createTestDatabase } from '../stack/test-database.ts';
import { CHANNEL, listenToChanges, readChange } from './listen.ts';
import type { Change } from './listen.ts';

let databaseUrl: string;
let client: pg.Client;

beforeAll(async () => {
  databaseUrl = await createTestDatabase(inject('databaseUrl'), 'listening');
  client = new pg.Client(databaseUrl);
  await client.connect();
});

afterAll(() => client.end());

const notify = (payload: string) => client.query('select pg_notify($1, $2)', [CHANNEL, payload]);

test('changes are heard again after the connection was lost, with word of the gap', async () => {
  const heard: Change[] = [];
  const problems: unknown[] = [];
  const listening = listenToChanges(databaseUrl, (error) => problems.push(error));
  listening.subscribe((change) => heard.push(change));
  const change = { company: 'acme', ticket: 1, seq: 2 };
  const tell = async () => {
    await notify(JSON.stringify(change));
    return heard;
  };
  await expect.poll(tell).toContainEqual({ kind: 'ticket', ...change });

  heard.length = 0;
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'postkeep-listen' and datname = current_database()`,
  );
  await expect.poll(() => heard).toContainEqual({ kind: 'missed' });
  await expect.poll(tell).toContainEqual({ kind: 'ticket', ...change });
  expect(problems).toHaveLength(1);
  await listening.close();
});

test('a database that is away at first is found when it comes', async () => {
  const problems: unknown[] = [];
  const listening = listenToChanges('postgres://nobody@127.0.0.1:1/nowhere', (error) =>
    problems.push(error),
  );
  await expect.poll(() => problems.length).toBeGreaterThan(1);
  await listening.close();
  const before = problems.length;
  await listening.close();
  expect(problems).toHaveLength(before);
});

test('only our own payloads are understood', () => {
  expect(readChange('{"company":"acme","ticket":1,"seq":2}')).toEqual({
    kind: 'ticket',
    company: 'acme',
    ticket: 1,
    seq: 2,
  });
  for (const payload of ['', 'x', 'null', '[]', '{"company":"acme"}', '{"company":1,"ticket":1}']) {
    expect(readChange(payload)).toBeNull();
  }
  const presence = { company: 'acme', ticket: 1, agent: 'bo', doing: 'typing' };
  expect(readChange(JSON.stringify(presence))).toEqual({ kind: 'presence', ...presence });
  expect(readChange(JSON.stringify({ ...presence, doing: 'dancing' }))).toBeNull();
  for (const kind of ['counts', 'mails', 'access']) {
    const payload = JSON.stringify({ company: 'acme', changed: kind });
    expect(readChange(payload)).toEqual({ kind, company: 'acme' });
  }
  expect(readChange('{"company":"acme","changed":"weather"}')).toBeNull();
  const done = { company: 'acme', agent: 'bo', reminderDone: 'r1' };
  expect(readChange(JSON.stringify(done))).toEqual({ kind: 'reminderDone', ...done });
  expect(readChange(JSON.stringify({ ...done, agent: 1 }))).toBeNull();
});
