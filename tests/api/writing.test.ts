import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import type { CompanyTransaction } from '../../database/client.ts';
import { insertArticle } from '../../database/queries/articles.ts';
import { deleteDraft, EMPTY_DRAFT, lockDraft, saveDraft } from '../../database/queries/drafts.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let desk: Desk;
let bo: string;

const NUMBER = 5;
const OTHER = 6;

beforeAll(async () => {
  const workflows = recordingWorkflows;
  api = await startReadingApi(inject('databaseUrl'), 'api_writing', { workflows });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  for (const number of [NUMBER, OTHER]) {
    await customerWrote(desk, number, { subject: 'Lumen 40', text: 'It is cracked.' });
  }
});

afterAll(() => api.stop());

const draft = (body?: object) =>
  api.call(bo, body ? 'PUT' : 'GET', `/tickets/${NUMBER}/draft`, body);

/** How many wait for a lock of this database. */
async function locksAwaited(trx: CompanyTransaction): Promise<number> {
  const { rows } = await trx.raw<{ rows: { count: number }[] }>(
    `select count(*)::int as count from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and not l.granted`,
  );
  return rows[0]?.count ?? 0;
}

describe('a draft', () => {
  test('keeps the answer as it is laid out, whom it goes to, and the note', async () => {
    const written = {
      text: 'Dear Eleanor',
      html: '<p>Dear <strong>Eleanor</strong></p>',
      to: ['eleanor@home.test'],
      cc: ['otto@'],
      bcc: ['boss@acme.test'],
      mode: 'note',
      note: 'She called twice.',
    };
    expect((await draft(written)).body).toMatchObject({ ...written, replaced: null });
    expect((await draft()).body).toMatchObject(written);
  });

  test('of another browser is told to the one whose words took its place', async () => {
    const first = (await draft({ text: 'Written at the office', base: null })).body;
    const elsewhere = (await draft({ text: 'Written on the phone', base: first.updatedAt })).body;
    expect(elsewhere.replaced).toBeNull();
    const back = (await draft({ text: 'Written at the office, more', base: first.updatedAt })).body;
    expect(back).toMatchObject({
      text: 'Written at the office, more',
      replaced: { text: 'Written on the phone', updatedAt: elsewhere.updatedAt },
    });
    const next = (await draft({ text: 'Still more', base: back.updatedAt })).body;
    expect(next.replaced).toBeNull();
  });

  test('that two browsers begin at the same time replaces no words unsaid', async () => {
    let second: ReturnType<typeof draft> | undefined;
    await desk.in((trx) => deleteDraft(trx, NUMBER, desk.bo));
    await desk.in(async (trx) => {
      await lockDraft(trx, NUMBER, desk.bo);
      second = draft({ text: 'Begun on the phone', base: null });
      await expect.poll(() => desk.in(locksAwaited)).toBeGreaterThan(0);
      await saveDraft(trx, NUMBER, desk.bo, { ...EMPTY_DRAFT, text: 'Begun at the office' });
    });
    expect((await second)?.body).toMatchObject({ replaced: { text: 'Begun at the office' } });
  });
});

describe('an answer', () => {
  const reply = (body: object) =>
    api.call(bo, 'POST', `/tickets/${NUMBER}/reply`, { html: '<p>See</p>', ...body });
  const lastEntry = async () =>
    (await api.call(bo, 'GET', `/tickets/${NUMBER}/timeline`)).body.items.at(-1);

  test('goes to whom it names, and shows agents its blind copies, each address once', async () => {
    const sent = await reply({
      to: 'Eleanor <eleanor@home.test>',
      cc: ['eleanor@home.test', 'otto@home.test'],
      bcc: ['Otto <otto@home.test>', 'boss@acme.test'],
    });
    expect(sent.status).toBe(202);
    expect(await lastEntry()).toMatchObject({
      to: ['eleanor@home.test'],
      cc: ['otto@home.test'],
      bcc: ['boss@acme.test'],
    });
    const odd = await reply({ bcc: 'boss at acme' });
    expect([odd.status, odd.body.detail]).toEqual([400, expect.stringContaining('"bcc"')]);
  });

  test('may show a picture of its ticket again, but no threat nor one of another', async () => {
    const picture = (id: string, ticket: number, threat: string | null) => ({
      ...{ company: desk.company, id, message: `acme-in-${ticket}`, filename: 'crack.png' },
      ...{ content_type: 'image/png', bytes: 3, hash: '1'.repeat(64), inline: true, threat },
    });
    await desk.in((trx) =>
      trx('attachment').insert([
        picture('crack', NUMBER, null),
        picture('virus', NUMBER, 'Eicar'),
        picture('other', OTHER, null),
      ]),
    );
    const show = (id: string) => reply({ html: `<img src="/api/v1/attachments/${id}">` });
    expect((await show('crack')).status).toBe(202);
    expect(await lastEntry()).toMatchObject({
      html: expect.stringContaining('cid:crack@postkeep.invalid'),
      attachments: [{ filename: 'crack.png', inline: true, contentId: 'crack@postkeep.invalid' }],
    });
    expect((await show('virus')).status).toBe(404);
    expect((await show('other')).status).toBe(404);
  });
});

describe('an article', () => {
  const MARKDOWN = 'Oil it **twice**.\n\n- Wipe\n- Wait\n\n<script>alert(1)</script>';

  const make = async (id: string, isPublic: boolean, published: boolean) => {
    const knowledgeBase = `base-of-${id}`;
    await desk.in(async (trx) => {
      await insertKnowledgeBase(trx, { id: knowledgeBase, name: id, public: isPublic });
      await insertArticle(trx, { id, knowledgeBase, title: 'Care', body: MARKDOWN, published });
    });
  };
  const help = (path: string) => api.app.inject({ url: `/api/v1/help/${path}` });

  test('comes in parts, with an address only when customers may read it', async () => {
    await make('open', true, true);
    await make('draft', true, false);
    await make('inner', false, true);
    const { body } = await api.call(bo, 'GET', '/articles/open/parts');
    expect(body.link).toMatch(/^https?:\/\/.+\/help\/acme\/open$/);
    expect(body.parts).toMatchObject([
      { kind: 'paragraph', html: '<p>Oil it <strong>twice</strong>.</p>' },
      { kind: 'item', list: 'ul', html: '<li>Wipe</li>' },
      { kind: 'item', list: 'ul', html: '<li>Wait</li>' },
      { kind: 'paragraph' },
    ]);
    const why = async (id: string) => {
      const { link, unlinked } = (await api.call(bo, 'GET', `/articles/${id}/parts`)).body;
      return [link, unlinked];
    };
    expect(await why('draft')).toEqual([null, 'draft']);
    expect(await why('inner')).toEqual([null, 'private']);
  });

  test('is read by anybody when it is public, and else is not there', async () => {
    const shown = (await help('acme/open')).json();
    expect(shown).toMatchObject({ company: 'acme', title: 'Care' });
    expect(shown.html).toContain('<strong>twice</strong>');
    expect(shown.html).not.toContain('<script');
    for (const path of ['acme/draft', 'acme/inner', 'acme/none', 'nobody/open']) {
      expect([path, (await help(path)).statusCode]).toEqual([path, 404]);
    }
  });
});
