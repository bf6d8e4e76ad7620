import { beforeAll, describe, expect, test } from 'vitest';

import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { newTicket } from './letters.ts';
import { named, refusalOf } from './shown.ts';

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('sides');
  [anna, bo] = await Promise.all([desk.agent('Anna'), desk.agent('Bo')]);
});

const letter = (more: object = {}) => newTicket(desk.admin, { to: desk.mailbox.address, ...more });

async function open(agent: SignedInAgent): Promise<number> {
  const number = await letter();
  await agent.done('POST', `/tickets/${number}/claim`);
  return number;
}

describe('PATCH /tickets/N {subject}', () => {
  test('renames', async () => {
    const number = await letter();
    const answer = await anna.call('PATCH', `/tickets/${number}`, { subject: 'Lamp: new shade' });
    expect(answer.status).toBe(200);
    expect(answer.body.subject).toBe('Lamp: new shade');
  });

  test.each([{ subject: ' ' }, { subject: '' }, {}, { subject: 7 }])(
    'with %j is 400',
    async (given) => {
      const number = await letter();
      const answer = await anna.call('PATCH', `/tickets/${number}`, given);
      expect(refusalOf(answer)).toEqual({ status: 400, code: 'validation' });
    },
  );
});

describe('GET and PUT /tickets/N/draft', () => {
  test("keeps each agent's own draft on the server", async () => {
    const number = await letter();
    const empty = await anna.done('GET', `/tickets/${number}/draft`);
    expect(empty.body).toMatchObject({ text: '', html: null, cc: [], attachments: [] });
    const answer = await anna.call('PUT', `/tickets/${number}/draft`, {
      text: 'Dear',
      cc: ['x@y.test'],
    });
    expect(answer.status).toBe(200);
    const kept = await anna.done('GET', `/tickets/${number}/draft`);
    expect(kept.body).toMatchObject({ text: 'Dear', cc: ['x@y.test'] });
    expect((await bo.done('GET', `/tickets/${number}/draft`)).body.text).toBe('');
  });
});

describe('participants', () => {
  test('PUT invites, who sees it in Open and is reminded; DELETE uninvites', async () => {
    const number = await open(anna);
    const path = `/tickets/${number}/participants/${bo.id}`;
    const invited = await anna.call('PUT', path);
    expect(invited.status).toBe(200);
    expect(invited.body.participants).toEqual([named(bo)]);
    const view = await bo.done('GET', '/tickets?view=open&limit=200');
    expect(view.body.items.map((one: { number: number }) => one.number)).toContain(number);
    const reminders = await bo.done('GET', '/reminders');
    expect(reminders.body.items[0]).toMatchObject({ kind: 'invited', ticket: { number } });
    const gone = await anna.call('DELETE', path);
    expect(gone.status).toBe(200);
    expect(gone.body.participants).toEqual([]);
  });

  test('of nobody are 404', async () => {
    const number = await open(anna);
    const answer = await anna.call('PUT', `/tickets/${number}/participants/nobody`);
    expect(refusalOf(answer)).toEqual({ status: 404, code: 'not_found' });
  });
});

describe('labels', () => {
  test('PUT with an unknown name makes the label; DELETE takes it off', async () => {
    const number = await letter();
    const name = 'Très spécial / 100 %';
    const path = `/tickets/${number}/labels/${encodeURIComponent(name)}`;
    const labelled = await anna.call('PUT', path);
    expect(labelled.status).toBe(200);
    expect(labelled.body.labels).toEqual([name]);
    const known = await anna.done('GET', '/labels?limit=200');
    expect(known.body.items.map((one: { name: string }) => one.name)).toContain(name);
    const list = await anna.done('GET', `/tickets?label=${encodeURIComponent(name)}`);
    expect(list.body.items.map((one: { number: number }) => one.number)).toEqual([number]);
    const gone = await anna.call('DELETE', path);
    expect(gone.status).toBe(200);
    expect(gone.body.labels).toEqual([]);
  });

  test('of one name in other letters is the same label', async () => {
    const number = await letter();
    await anna.done('PUT', `/tickets/${number}/labels/Returns`);
    const { body } = await anna.done('PUT', `/tickets/${number}/labels/returns`);
    expect(body.labels).toEqual(['Returns']);
  });

  test('work on a solved ticket too', async () => {
    const number = await letter();
    await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
    const { body } = await anna.done('PUT', `/tickets/${number}/labels/Late`);
    expect(body).toMatchObject({ state: 'solved', labels: ['Late'] });
  });
});

describe('POST /tickets/N/notes {text}', () => {
  test('is 201, shows in the timeline, and reminds whoever is mentioned', async () => {
    const number = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/notes`, {
      text: 'Ask @Bo about the shade.',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ text: 'Ask @Bo about the shade.' });
    const { body } = await bo.done('GET', `/tickets/${number}/timeline`);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        kind: 'note',
        text: 'Ask @Bo about the shade.',
        by: { kind: 'agent', ...named(anna) },
      }),
    );
    const reminders = await bo.done('GET', '/reminders');
    expect(reminders.body.items[0]).toMatchObject({ kind: 'mentioned', ticket: { number } });
  });

  test('without words is 400', async () => {
    const number = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/notes`, { text: ' ' });
    expect(refusalOf(answer)).toEqual({ status: 400, code: 'validation' });
  });
});

describe('reminders', () => {
  test('POST …/done takes one off the list; twice is fine; of others is 404', async () => {
    const number = await letter();
    await anna.done('POST', `/tickets/${number}/assign`, { agent: bo.id });
    const listed = await bo.done('GET', '/reminders?limit=200');
    const reminder = listed.body.items.find(
      (one: { ticket: { number: number } }) => one.ticket.number === number,
    );
    const path = `/reminders/${reminder.id}/done`;
    expect(refusalOf(await anna.call('POST', path))).toEqual({ status: 404, code: 'not_found' });
    for (const _ of [1, 2]) expect((await bo.call('POST', path)).status).toBe(200);
    const after = await bo.done('GET', '/reminders?limit=200');
    expect(after.body.items.map(({ id }: { id: string }) => id)).not.toContain(reminder.id);
  });
});
