import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import type { Database } from '../../database/client.ts';
import { rebuildProjection } from '../../database/rebuild.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Method, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';

/** What the log makes; a ticket's row comes last, as others name it. */
const readTables = [
  ...['ticket_participant', 'ticket_label', 'message_delivery', 'reminder'],
  'ticket',
];

/** What the log knows nothing of, and a rebuild cannot bring back. */
const keptTables = [
  ...['customer', 'customer_address', 'customer_note', 'note', 'draft', 'agent'],
  ...['saved_view', 'saved_view_order', 'audit_entry', 'account_link', 'account_mail'],
  ...['company_text', 'message', 'mail', 'ticket_text', 'ticket_event'],
];

let api: ReadingApi;
let desk: Desk;
let other: Desk;

beforeAll(async () => {
  const workflows = (database: Database) => recordingWorkflows(database);
  api = await startReadingApi(inject('databaseUrl'), 'api_rebuild', { workflows });
  desk = await createDesk(api.database, 'acme');
  other = await createDesk(api.database, 'globex');
  await customerWrote(other, 1, { subject: 'Theirs', text: 'Hello' });
  await customerWrote(desk, 1, { subject: 'Lamp', text: 'Hello' });
  const email = 'tom@brightmail.test';
  const tom = { company: desk.company, id: 'tom', name: 'Tom', email };
  await desk.in(async (trx) => {
    await trx('customer').insert(tom);
    const address = { company: desk.company, address: email, customer: tom.id };
    await trx('customer_address').insert(address);
  });
  await customerWrote({ ...desk, customer: tom.id }, 2, { subject: 'Screws', text: 'Hello' });
  await work(await api.tokenFor(desk, desk.anna));
});

afterAll(() => api.stop());

/** A day at the desk that leaves something in every table of it. */
async function work(anna: string): Promise<void> {
  const done = async (method: Method, path: string, body?: object) => {
    const answer = await api.call(anna, method, path, body);
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
    return answer.body;
  };
  await done('POST', '/customers/tom/notes', { text: 'Pays late.' });
  await done('POST', `/customers/${desk.customer}/merge`, { customer: 'tom' });
  const note = await done('POST', '/tickets/1/notes', { text: `Look, @[Bo](${desk.bo})` });
  await done('PATCH', `/tickets/1/notes/${note.id}`, { text: 'Look again' });
  await done('PUT', '/tickets/1/draft', { text: 'Dear' });
  await done('PUT', '/tickets/1/labels/Blue');
  await done('PUT', `/tickets/1/participants/${desk.bo}`);
  await done('POST', '/tickets/1/reply', { text: 'Hi', undoSeconds: 0 });
  const view = { name: 'Blue', view: 'all', query: { label: ['Blue'] }, shared: true };
  const { id } = await done('POST', '/saved-views', view);
  await done('PUT', '/saved-views/order', { views: [id] });
  await done('PUT', '/desk-texts/summary/en', { text: 'So long' });
  const eva = { name: 'Eva', email: 'eva@acme.test', role: 'agent', teams: [] };
  await done('POST', '/agents', eva);
}

/** Every row of every table that has companies, as text. */
async function everything(of: Desk): Promise<{ [table: string]: string[] }> {
  return of.in(async (trx) => {
    const { rows: tables } = await trx.raw(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'company' order by 1`,
    );
    const found: { [table: string]: string[] } = {};
    for (const { name } of tables) {
      // When agents and tokens were seen is noted after the answer, at any time.
      const { rows } = await trx.raw(
        `select (to_jsonb(r) - 'seen_at' - 'used_at')::text as row from ?? r
         where company = ? order by 1`,
        [name, trx.company],
      );
      found[name] = rows.map(({ row }: { row: string }) => row);
    }
    return found;
  });
}

test('a rebuild makes the read tables anew, and leaves all else as it is', async () => {
  const [before, theirs] = [await everything(desk), await everything(other)];
  const isEmpty = (table: string) => (before[table] ?? []).length === 0;
  expect([...readTables, ...keptTables].filter(isEmpty)).toEqual([]);
  await desk.in(async (trx) => {
    for (const table of readTables) await trx(table).delete();
  });
  expect(await rebuildProjection(api.database, desk.company)).toBe(2);
  expect(await everything(desk)).toEqual(before);
  expect(await everything(other)).toEqual(theirs);
});
