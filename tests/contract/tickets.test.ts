import { beforeAll, describe, expect, test } from 'vitest';

import type { Caller } from './caller.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually, inSeconds } from './eventually.ts';
import { newTicket, write } from './letters.ts';
import { ISO, named, refusalOf } from './shown.ts';

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;
let support: { id: string; name: string };
let billing: { id: string; name: string };

beforeAll(async () => {
  desk = await newCompany('tickets');
  [support, billing] = await Promise.all([desk.team('Support'), desk.team('Billing')]);
  [anna, bo] = await Promise.all([
    desk.agent('Anna', { teams: [support.id] }),
    desk.agent('Bo', { teams: [support.id, billing.id] }),
  ]);
});

const letter = (more: object = {}) => newTicket(desk.admin, { to: desk.mailbox.address, ...more });

async function open(agent: Caller): Promise<number> {
  const number = await letter();
  await agent.done('POST', `/tickets/${number}/claim`);
  return number;
}

async function eventTypes(caller: Caller, number: number): Promise<string[]> {
  const { body } = await caller.done('GET', `/tickets/${number}/timeline?limit=200`);
  return body.items
    .filter(({ kind }: { kind: string }) => kind === 'event')
    .map(({ type }: { type: string }) => type);
}

describe('GET /tickets/N', () => {
  test('has every field of the contract', async () => {
    const number = await letter({ subject: 'A cracked lamp', from: 'Eve Fields <eve@f.test>' });
    const { body } = await anna.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({
      number,
      subject: 'A cracked lamp',
      state: 'new',
      customer: { name: 'Eve Fields', email: 'eve@f.test', ip: '127.0.0.1' },
      owner: null,
      team: null,
      participants: [],
      labels: [],
      snippet: 'The shade arrived with a crack.',
      unread: true,
      turn: 'ours',
      pendingUntil: null,
      autoSolveAt: null,
      solvedAt: null,
      solvedBy: null,
      followUpOf: null,
      followUps: [],
    });
    for (const time of [body.waitingSince, body.createdAt, body.lastMessageAt]) {
      expect(time).toMatch(ISO);
    }
  });

  test('and the same item are in GET /tickets', async () => {
    const number = await letter();
    const { body } = await anna.done('GET', '/tickets?limit=200');
    const item = body.items.find((one: { number: number }) => one.number === number);
    const shown = (await anna.done('GET', `/tickets/${number}`)).body;
    expect(shown).toMatchObject({ ...item, customer: expect.objectContaining(item.customer) });
  });
});

describe('claim', () => {
  test('makes the agent the owner of an open ticket; twice is no change', async () => {
    const number = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/claim`, {});
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ number, state: 'open', owner: named(anna) });
    expect((await anna.call('POST', `/tickets/${number}/claim`)).status).toBe(200);
    expect((await eventTypes(anna, number)).filter((type) => type === 'claimed')).toHaveLength(1);
  });

  test('of another is 409 already_claimed {owner}, and changes nothing', async () => {
    const number = await open(anna);
    const answer = await bo.call('POST', `/tickets/${number}/claim`);
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'already_claimed' });
    expect(answer.body.owner).toEqual(named(anna));
    expect((await bo.done('GET', `/tickets/${number}`)).body.owner).toEqual(named(anna));
  });

  test('with takeover: true is explicit', async () => {
    const number = await open(anna);
    const { body } = await bo.done('POST', `/tickets/${number}/claim`, { takeover: true });
    expect(body.owner).toEqual(named(bo));
  });

  test('by two agents at once: exactly one wins, the other gets the conflict', async () => {
    const number = await letter();
    const answers = await Promise.all(
      [anna, bo].map((agent) => agent.call('POST', `/tickets/${number}/claim`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('release, assign, resume and reopen', () => {
  test('release makes it new, with no owner', async () => {
    const number = await open(anna);
    const { status, body } = await bo.call('POST', `/tickets/${number}/release`);
    expect({ status, state: body.state, owner: body.owner }).toEqual({
      status: 200,
      state: 'new',
      owner: null,
    });
  });

  test('assign {agent} makes a new ticket open for that agent, who is reminded', async () => {
    const number = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/assign`, { agent: bo.id });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ state: 'open', owner: named(bo) });
    const { body } = await bo.done('GET', '/reminders');
    expect(body.items).toContainEqual({
      id: expect.any(String),
      at: expect.stringMatching(ISO),
      ticket: { number, subject: 'A cracked lamp' },
      kind: 'assigned',
      text: expect.stringMatching(/\S/),
    });
  });

  test('resume takes a pending ticket back', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
    const { body } = await anna.done('POST', `/tickets/${number}/resume`);
    expect(body).toMatchObject({ state: 'open', pendingUntil: null });
  });

  test('reopen opens a solved ticket for the agent who asks', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
    const { body } = await bo.done('POST', `/tickets/${number}/reopen`);
    expect(body).toMatchObject({ state: 'open', owner: named(bo), solvedAt: null });
  });

  test.each([
    ['nobody', 404, 'not_found'],
    ['', 400, 'validation'],
  ])('assign to "%s" is refused, and nothing is changed', async (agent, status, code) => {
    const number = await open(anna);
    const before = (await anna.done('GET', `/tickets/${number}`)).body;
    const answer = await anna.call('POST', `/tickets/${number}/assign`, { agent });
    expect(refusalOf(answer)).toEqual({ status, code });
    expect((await anna.done('GET', `/tickets/${number}`)).body).toEqual(before);
  });

  test('assign to a deactivated agent is refused', async () => {
    const number = await open(anna);
    const gone = await desk.agent(`Gone${number}`);
    await desk.admin.done('PATCH', `/agents/${gone.id}`, { active: false });
    const answer = await anna.call('POST', `/tickets/${number}/assign`, { agent: gone.id });
    expect(refusalOf(answer)).toEqual({ status: 422, code: 'agent_inactive' });
  });
});

describe('not_allowed', () => {
  test.each([
    ['resume', undefined, ['pending']],
    ['reopen', undefined, ['solved']],
  ])('%s on an open ticket is 409 {state, allowed}', async (path, given, allowed) => {
    const number = await open(anna);
    const answer = await anna.call('POST', `/tickets/${number}/${path}`, given);
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'not_allowed' });
    expect(answer.body).toMatchObject({ state: 'open', allowed });
  });

  test.each([
    ['claim', undefined],
    ['release', undefined],
    ['pend', () => ({ until: inSeconds(60) })],
    ['solve', () => ({ summary: false })],
    ['auto-solve', () => ({ at: inSeconds(60) })],
    ['assign', () => ({ agent: bo.id })],
    ['team', () => ({ team: billing.id })],
  ])('%s on a solved ticket is 409 {state, allowed}', async (path, given) => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
    const answer = await anna.call('POST', `/tickets/${number}/${path}`, given?.());
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'not_allowed' });
    expect(answer.body).toMatchObject({ state: 'solved', allowed: expect.any(Array) });
  });
});

describe('pend {until, reason?}', () => {
  test('puts on hold, claims a new ticket, and shows in next with its reason', async () => {
    const number = await letter();
    const until = inSeconds(3_600);
    const answer = await anna.call('POST', `/tickets/${number}/pend`, {
      until,
      reason: 'waiting for the supplier',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      state: 'pending',
      owner: named(anna),
      pendingUntil: until,
    });
    const next = await bo.done('GET', `/tickets/${number}/next`);
    expect(next.body).toEqual({
      items: [
        {
          id: expect.any(String),
          kind: 'callback',
          at: until,
          by: named(anna),
          reason: 'waiting for the supplier',
        },
      ],
    });
  });

  test('again moves the date', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
    const until = inSeconds(7_200);
    const { body } = await anna.done('POST', `/tickets/${number}/pend`, { until });
    expect(body).toMatchObject({ state: 'pending', pendingUntil: until });
  });

  test('takes times with an offset, and shows them in UTC', async () => {
    const number = await open(anna);
    const given = { until: '2099-01-31T10:00:00+02:00' };
    const { body } = await anna.done('POST', `/tickets/${number}/pend`, given);
    expect(body.pendingUntil).toBe('2099-01-31T08:00:00.000Z');
  });

  test.each([
    ['a date in the past', { until: '2020-01-01T00:00:00Z' }, 422, 'date_in_past'],
    ['no date', {}, 400, 'validation'],
    ['words for a date', { until: 'tomorrow' }, 400, 'validation'],
    ['a number for a date', { until: 4_102_444_800_000 }, 400, 'validation'],
  ])('with %s is refused, and nothing is changed', async (_, given, status, code) => {
    const number = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/pend`, given);
    expect(refusalOf(answer)).toEqual({ status, code });
    expect((await anna.done('GET', `/tickets/${number}`)).body.state).toBe('new');
  });

  test('comes back by itself: open, and whoever set it is reminded', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(2) });
    await eventually('open ticket', async () => {
      const { body } = await anna.done('GET', `/tickets/${number}`);
      return body.state === 'open';
    });
    const { body } = await anna.done('GET', '/reminders');
    expect(body.items[0]).toMatchObject({ kind: 'callback', ticket: { number } });
  });
});

describe('solve {summary}', () => {
  test('solves, says by whom, and names what it cancelled', async () => {
    const number = await open(anna);
    const until = inSeconds(3_600);
    const at = inSeconds(7_200);
    await anna.done('POST', `/tickets/${number}/pend`, { until });
    await anna.done('POST', `/tickets/${number}/auto-solve`, { at });
    const later = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Later',
      sendAt: at,
    });
    const { status, body } = await anna.call('POST', `/tickets/${number}/solve`, {
      summary: false,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number,
      state: 'solved',
      solvedAt: expect.stringMatching(ISO),
      solvedBy: { kind: 'agent', ...named(anna) },
      pendingUntil: null,
      autoSolveAt: null,
      owner: named(anna),
    });
    expect(body.cancelled).toHaveLength(3);
    expect(body.cancelled).toEqual(
      expect.arrayContaining([
        { id: expect.any(String), kind: 'callback', at: until },
        { id: expect.any(String), kind: 'autoSolve', at },
        { id: later.body.message.id, kind: 'send', at },
      ]),
    );
    const next = await anna.done('GET', `/tickets/${number}/next`);
    expect(next.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['close']);
  });

  test('cancels nothing where nothing is armed', async () => {
    const number = await open(anna);
    const { body } = await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
    expect(body.cancelled).toEqual([]);
    expect(body.summarySkipped ?? null).toBeNull();
  });

  test('of a new ticket claims it', async () => {
    const number = await letter();
    const { body } = await bo.done('POST', `/tickets/${number}/solve`, { summary: false });
    expect(body).toMatchObject({ state: 'solved', owner: named(bo) });
  });

  test('with a summary to an automatic sender says summarySkipped', async () => {
    const number = await letter({
      from: 'Shop <no-reply@shop.test>',
      headers: ['Auto-Submitted: auto-generated'],
    });
    await anna.done('POST', `/tickets/${number}/claim`);
    const { body } = await anna.done('POST', `/tickets/${number}/solve`, { summary: true });
    expect(body.state).toBe('solved');
    expect(body.summarySkipped).toBe('automatic_sender');
  });
});

describe('auto-solve {at}', () => {
  test('sets, moves and clears the date', async () => {
    const number = await open(anna);
    for (const at of [inSeconds(3_600), inSeconds(7_200), null]) {
      const { body } = await anna.done('POST', `/tickets/${number}/auto-solve`, { at });
      expect(body).toMatchObject({ state: 'open', autoSolveAt: at });
    }
  });

  test('solves by itself, without an agent', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/auto-solve`, { at: inSeconds(2) });
    const solved = await eventually('solved ticket', async () => {
      const { body } = await anna.done('GET', `/tickets/${number}`);
      return body.state === 'solved' ? body : null;
    });
    expect(solved.solvedBy).toEqual({ kind: 'auto' });
  });

  test('is cancelled when the customer writes', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/auto-solve`, { at: inSeconds(3_600) });
    await write(desk.admin, { to: desk.mailbox.address, subject: `More [#${number}]` });
    expect((await anna.done('GET', `/tickets/${number}`)).body.autoSolveAt).toBeNull();
  });

  test('in the past is 422 date_in_past', async () => {
    const number = await open(anna);
    const answer = await anna.call('POST', `/tickets/${number}/auto-solve`, {
      at: '2020-01-01T00:00:00Z',
    });
    expect(refusalOf(answer)).toEqual({ status: 422, code: 'date_in_past' });
  });
});

describe('team {team}', () => {
  test('moves the ticket; an owner outside that team loses it', async () => {
    const number = await open(anna);
    const { body } = await anna.done('POST', `/tickets/${number}/team`, { team: billing.id });
    expect(body).toMatchObject({ team: billing, state: 'new', owner: null });
  });

  test('keeps an owner who is in that team', async () => {
    const number = await open(bo);
    const { body } = await bo.done('POST', `/tickets/${number}/team`, { team: billing.id });
    expect(body).toMatchObject({ team: billing, state: 'open', owner: named(bo) });
  });

  test('of nobody is 404', async () => {
    const number = await open(bo);
    const answer = await bo.call('POST', `/tickets/${number}/team`, { team: 'nothing' });
    expect(refusalOf(answer)).toEqual({ status: 404, code: 'not_found' });
  });
});

describe('a mail of the customer', () => {
  const answer = (number: number) =>
    write(desk.admin, { to: desk.mailbox.address, subject: `More [#${number}]` });

  test('takes a pending ticket back: open, callback gone, owner reminded', async () => {
    const number = await open(anna);
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
    await answer(number);
    const { body } = await anna.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({ state: 'open', pendingUntil: null, turn: 'ours' });
    const reminders = await anna.done('GET', '/reminders');
    expect(reminders.body.items[0]).toMatchObject({
      kind: 'customer_replied',
      ticket: { number },
    });
  });

  test('reopens a solved ticket for the same owner', async () => {
    const number = await open(bo);
    await bo.done('POST', `/tickets/${number}/solve`, { summary: false });
    expect(await answer(number)).toMatchObject({ outcome: 'added', ticket: number });
    const { body } = await bo.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({ state: 'open', owner: named(bo), solvedAt: null });
    expect(await eventTypes(bo, number)).toContain('reopened');
  });

  test('keeps waitingSince from the first mail that nobody has answered', async () => {
    const number = await letter();
    const { waitingSince } = (await anna.done('GET', `/tickets/${number}`)).body;
    await answer(number);
    const { body } = await anna.done('GET', `/tickets/${number}`);
    expect(body).toMatchObject({ turn: 'ours', waitingSince });
  });
});
