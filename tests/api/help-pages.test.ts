import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { tidyUp } from '../../api/keep-house.ts';
import { insertArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { createDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';

let api: ReadingApi;
let acme: Desk;
let globex: Desk;

const SHADE =
  'The shade can be bought alone.\n\n## Fasten it\n\nTurn the **ring** until it clicks.';
const SCRIPTED = `${SHADE}\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))`;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_help_pages');
  acme = await createDesk(api.database, 'acme');
  globex = await createDesk(api.database, 'globex');
  await base(acme, 'lamps', true);
  await base(acme, 'inside', false);
  await base(globex, 'globex-inside', false);
  const shade = { title: 'Change the glass shade', labels: ['shades'] };
  await write(acme, { id: 'shade', ...shade, body: SCRIPTED });
  await write(acme, { id: 'clean', title: 'Clean the glass shade', labels: ['shades'] });
  await write(acme, { id: 'bulb', title: 'Which bulb fits', body: 'An E27.' });
  await write(acme, { id: 'glas', title: 'Byt glaset', body: 'Vrid ringen.', language: 'sv' });
  await write(acme, { id: 'draft', title: 'Draft of a glass shade', published: false });
  await write(acme, { id: 'inner', title: 'Margins of shades', base: 'inside' });
  await write(globex, { id: 'theirs', title: 'Secret shades', base: 'globex-inside' });
});

afterAll(() => api.stop());

const base = (desk: Desk, id: string, isPublic: boolean) =>
  desk.in((trx) => insertKnowledgeBase(trx, { id, name: id, public: isPublic }));

interface Written {
  id: string;
  title: string;
  body?: string;
  base?: string;
  language?: string;
  published?: boolean;
  labels?: string[];
}

const write = (desk: Desk, { base: knowledgeBase = 'lamps', body = SHADE, ...article }: Written) =>
  desk.in((trx) => insertArticle(trx, { published: true, body, ...article, knowledgeBase }));

const get = async (path: string, remoteAddress = '10.0.0.1') => {
  const answer = await api.app.inject({ url: `/api/v1/help/${path}`, remoteAddress });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
};

const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id);

describe('the help pages of a company', () => {
  test('have its name, where they are, and the languages that have articles', async () => {
    const { status, body } = await get('acme');
    expect(status).toBe(200);
    expect(body).toEqual({
      company: 'acme',
      url: expect.stringMatching(/^https?:\/\/.+\/help\/acme$/),
      languages: ['en', 'sv'],
      accentColor: null,
    });
  });

  test('are not there without a public article, nor for nobody', async () => {
    for (const path of ['globex', 'nobody', 'globex/theirs', 'acme/theirs', '%00', 'a%27b']) {
      expect([path, (await get(path)).status]).toEqual([path, path === '%00' ? 400 : 404]);
    }
    for (const path of ['globex/articles', 'nobody/articles', 'globex/search?q=shades']) {
      const { status, body } = await get(path);
      expect([path, status, body.code]).toEqual([path, 404, 'not_found']);
    }
  });

  test('list published articles of public knowledge bases, of one language or of all', async () => {
    expect(idsOf(await get('acme/articles?language=en'))).toEqual(['shade', 'clean', 'bulb']);
    expect(idsOf(await get('acme/articles?language=sv'))).toEqual(['glas']);
    const { body } = await get('acme/articles');
    expect(body.items).toHaveLength(4);
    expect(body.items[0]).toMatchObject({ knowledgeBase: { id: 'lamps', name: 'lamps' } });
  });

  test('give an article as HTML that runs nothing, how it begins, and others like it', async () => {
    const { body } = await get('acme/shade');
    expect(body).toMatchObject({
      company: 'acme',
      title: 'Change the glass shade',
      description: 'The shade can be bought alone.',
      language: 'en',
      knowledgeBase: { name: 'lamps' },
      related: [{ id: 'clean', title: 'Clean the glass shade' }],
    });
    expect(body.html).toContain('<strong>ring</strong>');
    expect(body.html).not.toMatch(/<script|href="javascript/);
    for (const id of ['draft', 'inner']) expect((await get(`acme/${id}`)).status).toBe(404);
  });

  test('find passages, and none of drafts, internal bases or other companies', async () => {
    const { body } = await get('acme/search?q=how%20do%20I%20fasten%20a%20shade');
    expect(body.items.map(({ id }: { id: string }) => id).toSorted()).toEqual(['clean', 'shade']);
    expect(body.items[0]).toMatchObject({
      heading: 'Fasten it',
      passage: 'Turn the ring until it clicks.',
      language: 'en',
    });
    expect(idsOf(await get('acme/search?q=margins%20secret'))).toEqual([]);
    expect(idsOf(await get(`acme/search?q=${encodeURIComponent('<b>bulb</b>')}`))).toEqual([
      'bulb',
    ]);
  });

  test('refuse what is no question, and whoever asks too much', async () => {
    expect((await get('acme/search')).status).toBe(400);
    expect((await get(`acme/search?q=${'x'.repeat(501)}`)).status).toBe(400);
    expect((await get('acme/articles?language=%3Cb%3E')).status).toBe(400);
    const asks = Array.from({ length: 40 }, () => get('acme/search?q=shade', '10.0.0.2'));
    const refused = (await Promise.all(asks)).find(({ status }) => status === 429);
    expect(refused?.headers['retry-after']).toMatch(/^\d+$/);
  });
});

describe('votes on an article', () => {
  const post = (article: string, payload: object | string, headers = {}, from = '10.0.1.1') => {
    const type =
      typeof payload === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
    const url = `/api/v1/help/acme/${article}/vote`;
    const sent = { 'content-type': type, ...headers };
    return api.app.inject({ method: 'POST', url, payload, headers: sent, remoteAddress: from });
  };
  const told = async (article: string) => {
    const token = await api.tokenFor(acme, acme.bo);
    const { body } = await api.call(token, 'GET', `/articles/${article}`);
    const votes = (await api.call(token, 'GET', `/articles/${article}/votes`)).body;
    expect(votes.helped).toEqual(body.helped);
    return { ...body.helped, missing: votes.missing.map(({ text }: { text: string }) => text) };
  };

  test('count once an address, and change when it votes again', async () => {
    const first = await post('bulb', { helped: 'yes' });
    expect([first.statusCode, first.json()]).toEqual([200, { helped: 'yes' }]);
    await post('bulb', { helped: 'yes' });
    await post('bulb', { helped: 'yes' }, {}, '10.0.1.2');
    expect(await told('bulb')).toEqual({ yes: 2, no: 0, missing: [] });
    await post('bulb', { helped: 'no' });
    await post('bulb', { helped: 'no', missing: 'Watts. Call 070-123 45 67' });
    expect(await told('bulb')).toEqual({ yes: 1, no: 1, missing: ['Watts. Call #'] });
    await post('bulb', { helped: 'yes' });
    expect(await told('bulb')).toEqual({ yes: 2, no: 0, missing: [] });
    const token = await api.tokenFor(acme, acme.bo);
    const { body } = await api.call(token, 'GET', '/articles?q=bulb');
    expect(body.items[0]).toMatchObject({ id: 'bulb', helped: { yes: 2, no: 0 } });
  });

  test('come from a plain form, which is led back to the article', async () => {
    const yes = await post('clean', 'helped=yes&website=');
    expect([yes.statusCode, yes.headers.location]).toEqual([
      303,
      '/help/acme/clean?voted=yes#vote',
    ]);
    const no = await post('clean', 'helped=no&missing=The+price');
    expect(no.headers.location).toBe('/help/acme/clean?voted=told#vote');
    expect(await told('clean')).toEqual({ yes: 0, no: 1, missing: ['The price'] });
    const swedish = { 'accept-language': 'sv' };
    const gone = await post('none', 'helped=yes', swedish, '10.0.1.3');
    expect([gone.statusCode, gone.headers['content-type']]).toEqual([
      ...[404, 'text/html; charset=utf-8'],
    ]);
    expect(gone.payload).toContain('Det här finns inte längre');
    const wrong = await post('clean', 'helped=maybe', {}, '10.0.1.3');
    expect([wrong.statusCode, wrong.payload]).toEqual([400, expect.stringContaining('<h1>')]);
    const often = () => post('clean', '', {}, '10.0.1.4');
    for (let n = 0; n < 30; n += 1) await often();
    const late = await often();
    expect([late.statusCode, late.payload]).toEqual([429, expect.stringContaining('<h1>')]);
    expect(late.headers['retry-after']).toMatch(/^\d+$/);
  });

  test('of machines, of other sites and on what is not public count for nothing', async () => {
    expect((await post('shade', { helped: 'yes', website: 'http://x.test' })).statusCode).toBe(200);
    const elsewhere = await post('shade', 'helped=yes', { 'sec-fetch-site': 'cross-site' });
    expect(elsewhere.statusCode).toBe(403);
    for (const article of ['draft', 'inner', 'theirs', 'none']) {
      expect((await post(article, { helped: 'yes' })).statusCode).toBe(404);
    }
    expect((await post('shade', { helped: 'maybe' })).statusCode).toBe(400);
    expect((await post('shade', 'helped=no&missing=' + 'x'.repeat(1_001))).statusCode).toBe(400);
    expect(await told('shade')).toEqual({ yes: 0, no: 0, missing: [] });
    const statuses: number[] = [];
    for (let n = 0; n < 31; n += 1) {
      statuses.push((await post('glas', { helped: 'no' }, {}, '10.0.1.9')).statusCode);
    }
    expect(statuses.indexOf(429)).toBe(30);
    expect(await told('glas')).toMatchObject({ yes: 0, no: 1 });
  });

  test('hold nothing of the voter, from the next day on not even a hash', async () => {
    const voters = async (): Promise<(string | null)[]> =>
      acme.in((trx) => trx('article_vote').pluck('voter'));
    for (const voter of await voters()) expect(voter).toMatch(/^[0-9a-f]{64}$/);
    await tidyUp(api.database, { auditKeepDays: 365 });
    expect((await voters()).every((voter) => voter !== null)).toBe(true);
    await acme.in((trx) =>
      trx('article_vote').update({ at: trx.raw(`now() - interval '2 days'`) }),
    );
    await tidyUp(api.database, { auditKeepDays: 365 });
    expect((await voters()).every((voter) => voter === null)).toBe(true);
    await post('bulb', { helped: 'no' });
    expect(await told('bulb')).toMatchObject({ yes: 2, no: 1 });
  });

  test('keep for a year what somebody missed', async () => {
    const missed = async (age: string) => {
      await acme.in((trx) =>
        trx('article_vote').update({ missing: 'x', at: trx.raw(`now() - interval '${age}'`) }),
      );
      await tidyUp(api.database, { auditKeepDays: 365 });
      return acme.in((trx) => trx('article_vote').whereNot({ missing: '' }).select('id'));
    };
    expect((await missed('364 days')).length).toBeGreaterThan(0);
    expect(await missed('366 days')).toEqual([]);
  });
});

describe('searches', () => {
  const settle = (q: string, from = '10.0.0.3') =>
    get(`acme/search?language=en&settled=true&q=${encodeURIComponent(q)}`, from);
  const report = async (desk: Desk, query = '') =>
    (await api.call(await api.tokenFor(desk, desk.bo), 'GET', `/reports/searches${query}`)).body;

  test('are kept once they are settled on, without who it was, and told by how often', async () => {
    for (const q of ['xyzzy lamp', 'Xyzzy, LAMP!', 'bulb', 'xyzzy of eva@brightmail.test']) {
      expect((await settle(q)).status).toBe(200);
    }
    await get('acme/search?q=typing');
    await get('globex/search?q=xyzzy&settled=true');
    await get('nobody/search?q=xyzzy&settled=true');
    const { body } = await settle('shade');
    expect(await report(acme)).toMatchObject({
      searches: 5,
      withoutAnswer: 3,
      foundNothing: [
        { words: 'Xyzzy, LAMP!', count: 2, language: 'en', foundSince: false },
        { words: 'xyzzy of …@…', count: 1 },
      ],
      foundSomething: [{ words: 'shade' }, { words: 'bulb', count: 1 }],
    });
    expect(body.items.length).toBeGreaterThan(0);
    expect(await report(globex)).toMatchObject({ searches: 0, foundNothing: [] });
    const rows = await acme.in((trx) => trx('answer_search').select('place').distinct());
    expect(rows).toEqual([{ place: 'help' }]);
  });

  test('that find something by now are marked, and others times are not told of', async () => {
    await write(acme, { id: 'xyzzy', title: 'Xyzzy lamp' });
    await settle('xyzzy lamp');
    const [first] = (await report(acme)).foundNothing;
    expect(first).toMatchObject({ words: 'Xyzzy, LAMP!', count: 2, foundSince: true });
    const before = await report(acme, '?to=2026-01-01T00:00:00Z');
    expect(before).toMatchObject({ from: '2025-12-02T00:00:00.000Z', searches: 0 });
    expect((await report(acme, '?limit=1')).foundNothing).toHaveLength(1);
    for (const wrong of ['?from=yesterday', '?from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z']) {
      expect((await report(acme, wrong)).code).toBe('validation');
    }
  });

  test('are forgotten after a season', async () => {
    await acme.in((trx) =>
      trx('answer_search').update({ at: trx.raw(`now() - interval '89 days'`) }),
    );
    await tidyUp(api.database, { auditKeepDays: 365 });
    expect((await report(acme, '?from=2000-01-01T00:00:00Z')).searches).toBe(6);
    await acme.in((trx) =>
      trx('answer_search').update({ at: trx.raw(`now() - interval '91 days'`) }),
    );
    await tidyUp(api.database, { auditKeepDays: 365 });
    expect((await report(acme, '?from=2000-01-01T00:00:00Z')).searches).toBe(0);
  });
});
