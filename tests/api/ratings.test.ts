import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { insertRating } from '../../database/queries/ratings.ts';
import type { RatingScore } from '../../domain/ratings.ts';
import { createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let workflows: RecordingWorkflows;
let desk: Desk;
let bo: string;

/** Bo's, in Support; nobody's, solved by its customer. */
const [OURS, NOBODYS] = [4, 5];

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_ratings', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  desk = await createDesk(api.database, 'acme');
  bo = await api.tokenFor(desk, desk.bo);
  for (const number of [OURS, NOBODYS]) {
    const team = desk.support;
    await customerWrote(desk, number, { subject: `Lamp ${number}`, text: 'It is broken.', team });
  }
  const by = { kind: 'agent', id: desk.bo } as const;
  await happen(desk, OURS, [{ by, event: { type: 'claimed', agent: desk.bo, from: null } }]);
});
afterAll(() => api.stop());

async function rate(ticket: number, id: string, score: RatingScore, comment = ''): Promise<void> {
  await desk.in((trx) => insertRating(trx, { id, ticket, score, comment }));
  await workflows.command({ company: desk.company, number: ticket }, 'rate', { rating: id, id });
}

const read = (path: string): Promise<Answer> => api.call(bo, 'GET', path);

test('the newest rating stands on the ticket, all of them in its timeline', async () => {
  expect((await read(`/tickets/${OURS}`)).body.rating).toBeNull();
  await rate(OURS, 'first', 'bad', 'It took <b>weeks</b>.');
  await rate(OURS, 'second', 'okay', 'It came in the end.');
  const { body } = await read(`/tickets/${OURS}`);
  const at = expect.stringMatching(/^\d{4}-.*Z$/);
  expect(body.rating).toEqual({ score: 'okay', comment: 'It came in the end.', at });
  expect(body.state).toBe('open');
  const { body: timeline } = await read(`/tickets/${OURS}/timeline`);
  const said = timeline.items.filter(({ type }: { type?: string }) => type === 'rated');
  const agent = { id: desk.bo, name: 'Bo Lindqvist' };
  const rated = { kind: 'event', by: { kind: 'customer' } };
  expect(said).toMatchObject([
    { ...rated, data: { score: 'bad', comment: 'It took <b>weeks</b>.', agent } },
    { ...rated, data: { score: 'okay', comment: 'It came in the end.', agent } },
  ]);
});

test('tickets are found by what their customers said last', async () => {
  const found = async (rating: string) =>
    (await read(`/tickets?rating=${rating}`)).body.items.map(
      ({ number }: { number: number }) => number,
    );
  expect(await found('okay')).toEqual([OURS]);
  expect(await found('bad')).toEqual([]);
  expect((await read('/tickets?rating=great')).status).toBe(400);
});

test('a customer who says that it is solved solves it, a new ticket too', async () => {
  await workflows.command({ company: desk.company, number: NOBODYS }, 'settle', { id: 'settled' });
  const { body } = await read(`/tickets/${NOBODYS}`);
  expect(body).toMatchObject({ state: 'solved', owner: null, solvedBy: { kind: 'customer' } });
});

test('the report counts each ticket once, by agent and team, with the newest words', async () => {
  await rate(NOBODYS, 'third', 'good');
  const { status, body } = await read('/reports/ratings');
  expect(status).toBe(200);
  expect(body.counts).toEqual({ good: 1, okay: 1, bad: 0 });
  const agent = { id: desk.bo, name: 'Bo Lindqvist' };
  expect(body.agents).toEqual([
    { agent, good: 0, okay: 1, bad: 0 },
    { agent: null, good: 1, okay: 0, bad: 0 },
  ]);
  const team = { id: desk.support, name: 'Support' };
  expect(body.teams).toEqual([{ team, good: 1, okay: 1, bad: 0 }]);
  expect(body.comments).toMatchObject([
    { ticket: { number: OURS, subject: `Lamp ${OURS}` }, agent, score: 'okay' },
  ]);
  const early = await read('/reports/ratings?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z');
  expect(early.body).toMatchObject({ counts: { good: 0, okay: 0, bad: 0 }, comments: [] });
  const turned = await read('/reports/ratings?from=2021-01-01T00:00:00Z&to=2020-02-01T00:00:00Z');
  expect(turned.status).toBe(400);
});

test('a company sees ratings of its own only', async () => {
  const globex = await createDesk(api.database, 'globex');
  const anna = await api.tokenFor(globex, globex.anna);
  const { body } = await api.call(anna, 'GET', '/reports/ratings');
  expect(body).toMatchObject({ counts: { good: 0, okay: 0, bad: 0 }, agents: [], comments: [] });
});
