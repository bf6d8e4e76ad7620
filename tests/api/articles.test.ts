import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { newId } from '../../database/new-id.ts';
import { insertUpload } from '../../database/queries/attachments.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, Method, ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let desk: Desk;
let anna: string;
let bo: string;
let knowledgeBase: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_articles');
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  const base = { name: 'Help', public: true };
  knowledgeBase = (await api.call(bo, 'POST', '/knowledge-bases', base)).body.id;
});

afterAll(() => api.stop());

const FIRST = 'Turn the ring until it clicks.';

/** The path of a new article. */
async function written(more: object = {}): Promise<string> {
  const article = { knowledgeBase, title: 'New shade', body: FIRST, published: true, ...more };
  const { body, status } = await api.call(bo, 'POST', '/articles', article);
  expect(status).toBe(201);
  return `/articles/${body.id}`;
}

const draftOf = async (path: string) => (await api.call(bo, 'GET', `${path}/draft`)).body;

/** Writes on from what stands there now. */
async function write(who: string, path: string, body: string): Promise<Answer> {
  const { revision: base, title } = await draftOf(path);
  return api.call(who, 'PUT', `${path}/draft`, { title, body, base });
}

const versions = async (path: string) =>
  (await api.call(bo, 'GET', `${path}/versions`)).body.items.map(
    ({ number, by }: { number: number; by: { id: string } | null }) => [number, by?.id ?? null],
  );

const foundBy = async (word: string) =>
  (await api.call(bo, 'GET', `/articles?q=${word}`)).body.items.length;

test('what is written of a published article is out of sight until it is published', async () => {
  const path = await written();
  const before = (await api.call(bo, 'GET', path)).body;
  expect(before).toMatchObject({ version: 1, changed: false });
  const saved = await write(anna, path, 'Pull the zeppelin.');
  expect(saved).toMatchObject({ status: 200, body: { changed: true, by: { id: desk.anna } } });

  expect((await api.call(bo, 'GET', path)).body).toEqual({ ...before, changed: true });
  expect(await foundBy('zeppelin')).toBe(0);
  const { base, ...stale } = { base: 'x', title: 'New shade', body: 'Third' };
  const refusal = await api.call(bo, 'PUT', `${path}/draft`, { ...stale, base });
  expect(refusal.body).toMatchObject({ status: 409, code: 'news', body: 'Pull the zeppelin.' });
  expect(refusal.body.detail).toContain('Anna');
  const blind = await api.call(bo, 'POST', `${path}/publish`, { base: 'x' });
  expect(blind.body).toMatchObject({ status: 409, code: 'news' });

  const published = await api.call(anna, 'POST', `${path}/publish`, {
    base: saved.body.revision,
  });
  expect(published.body).toMatchObject({ body: 'Pull the zeppelin.', version: 2, changed: false });
  expect(published.body.updatedAt > before.updatedAt).toBe(true);
  expect(await foundBy('zeppelin')).toBe(1);
  expect(await versions(path)).toEqual([
    [2, desk.anna],
    [1, desk.bo],
  ]);
  const again = await api.call(anna, 'POST', `${path}/publish`, {});
  expect(again.body).toEqual(published.body);
});

test('changes are thrown away, and an old version comes back into the draft', async () => {
  const path = await written();
  await write(bo, path, 'Second');
  expect((await api.call(bo, 'DELETE', `${path}/draft?base=x`)).body.code).toBe('news');
  expect((await api.call(bo, 'DELETE', `${path}/draft`)).status).toBe(204);
  expect(await draftOf(path)).toMatchObject({ body: FIRST, changed: false, by: null });

  await write(bo, path, 'Second');
  await api.call(bo, 'POST', `${path}/publish`, {});
  const old = await api.call(bo, 'GET', `${path}/versions/1`);
  expect(old.body).toMatchObject({ number: 1, title: 'New shade', body: FIRST });
  expect((await api.call(bo, 'GET', `${path}/versions/3`)).status).toBe(404);
  const restore = (base: string) => api.call(anna, 'POST', `${path}/versions/1/restore`, { base });
  expect((await restore('x')).body.code).toBe('news');
  const { revision } = await draftOf(path);
  expect((await restore(revision)).body).toMatchObject({ body: FIRST, changed: true });
  expect((await api.call(bo, 'GET', path)).body.body).toBe('Second');
  // What says the same as the article again is no change.
  expect((await write(bo, path, 'Second')).body.changed).toBe(false);
});

test('of two who write at once one learns of the other, and no text is lost', async () => {
  const path = await written();
  const { revision: base, title } = await draftOf(path);
  const both = ['From Anna', 'From Bo'].map((body, index) =>
    api.call(index === 0 ? anna : bo, 'PUT', `${path}/draft`, { title, body, base }),
  );
  const statuses = (await Promise.all(both)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 409]);
});

test('a change by PATCH is published at once, and stops older changes', async () => {
  const path = await written();
  await write(anna, path, 'Begun on the first');
  const changed = await api.call(bo, 'PATCH', path, { body: 'Second' });
  expect(changed.body).toMatchObject({ body: 'Second', version: 2, changed: true });
  expect(await draftOf(path)).toMatchObject({ body: 'Begun on the first', behind: true });
  const refusal = await api.call(anna, 'POST', `${path}/publish`, {});
  expect(refusal.body).toMatchObject({ status: 409, code: 'news', behind: true });
  const over = await api.call(anna, 'POST', `${path}/publish`, { over: true });
  expect(over.body).toMatchObject({ body: 'Begun on the first', version: 3, changed: false });
  const labelled = await api.call(bo, 'PATCH', path, { labels: ['lamp'] });
  expect(labelled.body.version).toBe(3);
});

test('what is not published is its own draft, and has no version', async () => {
  const path = await written({ published: false });
  expect((await api.call(bo, 'GET', path)).body).toMatchObject({ version: null, changed: false });
  await write(bo, path, 'An airship in it');
  expect((await api.call(bo, 'GET', path)).body).toMatchObject({ body: 'An airship in it' });
  expect(await foundBy('airship')).toBe(1);
  expect((await api.call(bo, 'DELETE', `${path}/draft`)).body.code).toBe('not_allowed');
  await write(bo, path, ' ');
  const asked: [Method, string, object][] = [
    ['POST', `${path}/publish`, {}],
    ['PATCH', path, { published: true }],
  ];
  for (const [method, at, body] of asked) {
    const refusal = await api.call(bo, method, at, body);
    expect(refusal.body).toMatchObject({ status: 400, code: 'validation' });
    expect(refusal.body.detail).toContain('text');
  }
  expect(await versions(path)).toEqual([]);

  await write(bo, path, 'First');
  await api.call(bo, 'POST', `${path}/publish`, {});
  await write(bo, path, 'Second');
  const away = await api.call(bo, 'PATCH', path, { published: false });
  expect(away.body).toMatchObject({ published: false, body: 'Second', version: 1, changed: false });
});

test('what the last release published has its version afterwards', async () => {
  const path = await written();
  const id = path.split('/').at(-1) ?? '';
  await desk.in((trx) =>
    trx('article').where({ id }).update({ body: 'By an old process', updated_at: trx.fn.now() }),
  );
  await tidyUp(api.database, { auditKeepDays: 365 });
  expect(await versions(path)).toEqual([
    [2, null],
    [1, desk.bo],
  ]);
});

test('a file is everybody’s while a published article of a public base names it', async () => {
  const id = newId();
  const { hash } = await api.blobs.put(Buffer.from('a picture'));
  const file = { filename: 'ring.png', contentType: 'image/png', bytes: 9, hash };
  await desk.in((trx) => insertUpload(trx, { id, agent: desk.bo, ...file }));
  const got = () => api.call('', 'GET', `/help/acme/files/${id}`);
  expect((await got()).status).toBe(404);
  const path = await written({ body: `See ![ring](attachment:${id})` });
  const { status, text, headers } = await got();
  expect([status, text]).toEqual([200, 'a picture']);
  expect(headers['content-type']).toBe('image/png');
  expect(headers['cache-control']).toMatch(/^public, max-age=300$/);

  const help = await api.call('', 'GET', path.replace('/articles', '/help/acme'));
  expect(help.body.html).toContain(`src="/api/v1/help/acme/files/${id}"`);
  const preview = { body: `[plan](attachment:${id})` };
  const read = await api.call(bo, 'POST', '/articles/preview', preview);
  expect(read.body.html).toContain(`href="/api/v1/attachments/${id}"`);
  await api.call(bo, 'PATCH', `/knowledge-bases/${knowledgeBase}`, { public: false });
  expect((await got()).status).toBe(404);
  await api.call(bo, 'PATCH', `/knowledge-bases/${knowledgeBase}`, { public: true });

  // Out of the text it is nobody's any more, and stays for the version that names it.
  await api.call(bo, 'PATCH', path, { body: 'No picture' });
  expect((await got()).status).toBe(404);
  await desk.in((trx) => trx.raw(`update attachment set created_at = now() - interval '1 year'`));
  await tidyUp(api.database, { auditKeepDays: 365 });
  expect((await api.call(bo, 'GET', `/attachments/${id}`)).status).toBe(200);
  await write(bo, path, `![ring](attachment:${id})`);
  expect((await got()).status).toBe(404);
  await api.call(bo, 'POST', `${path}/publish`, {});
  expect((await got()).status).toBe(200);
  await api.call(bo, 'DELETE', path);
  await tidyUp(api.database, { auditKeepDays: 365 });
  expect((await api.call(bo, 'GET', `/attachments/${id}`)).status).toBe(404);
});

test('files of customers’ mail are never made public', async () => {
  const id = newId();
  const { company } = desk;
  const { hash } = await api.blobs.put(Buffer.from('a contract'));
  const row = { filename: 'x.pdf', content_type: 'application/pdf', bytes: 10, hash };
  await desk.in((trx) => trx('attachment').insert({ company, id, message: 'm', ...row }));
  await written({ body: `[contract](attachment:${id})` });
  expect((await api.call('', 'GET', `/help/acme/files/${id}`)).status).toBe(404);
});

test('articles that say the same in other languages know each other', async () => {
  const english = await written();
  const idOf = (path: string) => path.split('/').at(-1);
  const swedish = { language: 'sv', title: 'Ny skärm', translationOf: idOf(english) };
  const first = await written(swedish);
  const german = await written({ language: 'de', published: false, translationOf: idOf(first) });
  const known = async (path: string) => (await api.call(bo, 'GET', path)).body.translations;
  expect(await known(english)).toEqual([
    { id: idOf(german), language: 'de', title: 'New shade', published: false },
    { id: idOf(first), language: 'sv', title: 'Ny skärm', published: true },
  ]);
  const second = { knowledgeBase, body: 'X', ...swedish };
  const refusal = await api.call(bo, 'POST', '/articles', second);
  expect(refusal.body).toMatchObject({ status: 409, code: 'already_exists' });
  const moved = await api.call(bo, 'PATCH', german, { language: 'sv' });
  expect(moved.body.code).toBe('already_exists');
  const nothing = await api.call(bo, 'PATCH', german, { translationOf: 'nothing' });
  expect(nothing.body.code).toBe('not_found');
  const alone = await api.call(bo, 'PATCH', german, { translationOf: null });
  expect(alone.body.translations).toEqual([]);
  // What another stands in meanwhile is no way back for one that was set alone.
  await api.call(bo, 'PATCH', english, { translationOf: null });
  const other = await written({ translationOf: idOf(first) });
  const again = await api.call(bo, 'PATCH', german, { translationOf: idOf(english) });
  expect(again).toMatchObject({ status: 200, body: { translations: [{ id: idOf(english) }] } });
  await api.call(bo, 'DELETE', other);
  await api.call(bo, 'DELETE', english);
  expect(await known(first)).toEqual([]);
});
