import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';

import { allocateNumber } from '../../database/queries/ticket-log.ts';
import { createDesk, customerWrote } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { Answer, Method, ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let workflows: RecordingWorkflows;
let desk: Desk;
let anna: string;
let bo: string;
let stranger: string;
/** A fresh ticket for each test. */
let number = 0;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_changing', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
  bo = await api.tokenFor(desk, desk.bo);
  const other = await createDesk(api.database, 'globex');
  stranger = await api.tokenFor(other, other.anna);
});

beforeEach(async () => {
  workflows.away = false;
  number = await desk.in((trx) => allocateNumber(trx));
  await customerWrote(desk, number, { subject: 'Lumen 40 pendant', text: 'It is cracked.' });
});

afterAll(() => api.stop());

const on = (token: string, method: Method, path: string, body?: object): Promise<Answer> =>
  api.call(token, method, `/tickets/${number}${path}`, body);

const keyed = async (key: string, method: Method, path: string, body?: object) => {
  const answer = await api.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${bo}`, 'idempotency-key': key },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
};

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe('claiming', () => {
  test('makes the agent the owner, and again changes nothing', async () => {
    const claimed = await on(bo, 'POST', '/claim');
    expect(claimed.status).toBe(200);
    expect(claimed.body).toMatchObject({
      number,
      state: 'open',
      owner: { id: desk.bo, name: 'Bo Lindqvist' },
    });
    expect((await on(bo, 'POST', '/claim', {})).status).toBe(200);
  });

  test('of another agent\u2019s ticket is refused with the owner, or a takeover', async () => {
    await on(bo, 'POST', '/claim');
    const refused = await on(anna, 'POST', '/claim', {});
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'already_claimed',
      owner: { id: desk.bo, name: 'Bo Lindqvist' },
    });
    const taken = await on(anna, 'POST', '/claim', { takeover: true });
    expect(taken.body.owner.id).toBe(desk.anna);
  });

  test('of a ticket of another company finds nothing, and starts nothing', async () => {
    const before = workflows.asked.length;
    const refused = await on(stranger, 'POST', '/claim');
    expect(refused.status).toBe(404);
    expect((await api.call(bo, 'POST', '/tickets/999999/claim')).body.code).toBe('not_found');
    expect((await api.call(bo, 'POST', '/tickets/99999999999/claim')).status).toBe(404);
    expect((await api.call(bo, 'POST', '/tickets/x/claim')).status).toBe(404);
    expect(workflows.asked.length).toBe(before);
  });

  test('is unavailable while Temporal is away, and reading goes on', async () => {
    workflows.away = true;
    const answer = await on(bo, 'POST', '/claim');
    expect(answer.status).toBe(503);
    expect(answer.body.code).toBe('unavailable');
    expect((await on(bo, 'GET', '')).status).toBe(200);
  });
});

describe('moving through the states', () => {
  test('a cancelled or moved timer whose answer was lost is answered as done again', async () => {
    const path = (id: string) => `/tickets/${number}/next/${id}`;
    await on(bo, 'POST', '/pend', { until: inAnHour(), reason: 'the supplier' });
    const at = new Date(Date.now() + 7_200_000).toISOString();
    const moved = await keyed('lost-move', 'PATCH', path('callback'), { at });
    const cancelled = await keyed('lost-cancel', 'DELETE', path('callback'));
    expect([moved.status, cancelled.status]).toEqual([200, 200]);
    // The first answers came so far, and no further.
    const lost = await desk.in((trx) =>
      trx('idempotency').whereIn('key', ['lost-move', 'lost-cancel']).delete(),
    );
    expect(lost).toBe(2);
    const again = await keyed('lost-cancel', 'DELETE', path('callback'));
    expect([again.status, again.body.state]).toEqual([200, 'open']);
    expect((await keyed('lost-move', 'PATCH', path('callback'), { at })).status).toBe(200);
    expect((await keyed('another', 'DELETE', path('callback'))).status).toBe(404);
    expect((await on(bo, 'DELETE', '/next/callback')).status).toBe(404);
  });

  test('pend, next, move, resume', async () => {
    const until = inAnHour();
    const pended = await on(bo, 'POST', '/pend', { until, reason: 'the supplier' });
    expect(pended.body).toMatchObject({ state: 'pending', pendingUntil: until });
    const next = await on(anna, 'GET', '/next');
    expect(next.body.items).toMatchObject([
      {
        id: 'callback',
        kind: 'callback',
        at: until,
        by: { id: desk.bo, name: 'Bo Lindqvist' },
        reason: 'the supplier',
      },
    ]);
    const later = new Date(Date.now() + 7_200_000).toISOString();
    const moved = await on(bo, 'PATCH', '/next/callback', { at: later });
    expect(moved.body.pendingUntil).toBe(later);
    expect((await on(bo, 'GET', '/next')).body.items[0].reason).toBe('the supplier');
    expect((await on(bo, 'DELETE', '/next/callback')).body.state).toBe('open');
    expect((await on(bo, 'DELETE', '/next/callback')).status).toBe(404);
  });

  test('a date in the past is refused and nothing changes', async () => {
    const answer = await on(bo, 'POST', '/pend', { until: '2020-01-01T00:00:00Z' });
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('date_in_past');
    expect((await on(bo, 'GET', '')).body.state).toBe('new');
    const texts = await desk.in((trx) => trx('ticket_text').where({ text: 'past' }));
    expect(texts).toEqual([]);
  });

  test('what the state does not allow is refused with what it would take', async () => {
    const answer = await on(bo, 'POST', '/resume');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'not_allowed',
      state: 'new',
      allowed: ['pending'],
    });
  });

  test('solving names what it cancelled, and skips no summary of a person', async () => {
    await on(bo, 'POST', '/claim');
    const at = inAnHour();
    expect((await on(bo, 'POST', '/auto-solve', { at })).body.autoSolveAt).toBe(at);
    await on(bo, 'POST', '/reply', { text: 'Later.', sendAt: at });
    const solved = await on(bo, 'POST', '/solve', { summary: false });
    expect(solved.body.state).toBe('solved');
    expect(solved.body.cancelled).toHaveLength(2);
    expect(solved.body.cancelled).toContainEqual({ id: 'autoSolve', kind: 'autoSolve', at });
    expect(solved.body.solvedBy).toMatchObject({ kind: 'agent', name: 'Bo Lindqvist' });
    expect((await on(bo, 'POST', '/pend', { until: at })).body.code).toBe('not_allowed');
    expect((await on(bo, 'PATCH', '/next/close', { at })).status).toBe(409);
    expect((await on(anna, 'POST', '/reopen')).body.owner.id).toBe(desk.anna);
  });

  test('team, participants, labels and subject change', async () => {
    await on(bo, 'POST', '/claim');
    expect((await on(bo, 'POST', '/team', { team: desk.support })).body.team.name).toBe('Support');
    expect((await on(bo, 'POST', '/team', { team: 'nope' })).status).toBe(404);
    const invited = await on(bo, 'PUT', `/participants/${desk.anna}`);
    expect(invited.body.participants).toEqual([{ id: desk.anna, name: 'Anna Berg' }]);
    expect((await on(bo, 'PUT', '/participants/globex-anna')).status).toBe(404);
    expect((await on(bo, 'DELETE', `/participants/${desk.anna}`)).body.participants).toEqual([]);
    expect((await on(bo, 'PUT', '/labels/broken%20glass')).body.labels).toEqual(['broken glass']);
    expect((await on(bo, 'PUT', '/labels/Broken%20Glass')).body.labels).toEqual(['broken glass']);
    expect((await on(bo, 'DELETE', '/labels/broken%20glass')).body.labels).toEqual([]);
    expect((await on(bo, 'PATCH', '', { subject: 'Pendant' })).body.subject).toBe('Pendant');
    expect((await on(bo, 'POST', '/assign', { agent: desk.anna })).body.owner.id).toBe(desk.anna);
    expect((await on(bo, 'POST', '/release')).body).toMatchObject({ state: 'new', owner: null });
  });
});

describe('answering', () => {
  test('stores the mail, queues it, and it can be taken back while it waits', async () => {
    const sent = await on(bo, 'POST', '/reply', {
      html: '<p>We send <b>another</b>.</p><script>x()</script>',
      cc: ['Otto <otto@brightmail.test>'],
    });
    expect(sent.status).toBe(202);
    expect(sent.body.message).toMatchObject({ state: 'scheduled', ticket: number });
    const { id } = sent.body.message;
    const row = await desk.in((trx) => trx('message').where({ id }).first());
    expect(row).toMatchObject({
      recipients: ['eleanor@brightmail.test'],
      cc: ['otto@brightmail.test'],
      subject: 'Re: Lumen 40 pendant',
      text: 'We send another.',
      message_id: `${id}@acme.test`,
      undo_seconds: 5,
    });
    expect(row.html).not.toContain('script');
    expect((await on(bo, 'GET', '')).body).toMatchObject({ state: 'open', owner: { id: desk.bo } });
    const undone = await api.call(bo, 'DELETE', `/messages/${id}`);
    expect(undone.body.message.state).toBe('cancelled');
    expect((await api.call(stranger, 'DELETE', `/messages/${id}`)).status).toBe(404);
  });

  test('too late to take back what is being sent', async () => {
    const sent = await on(bo, 'POST', '/reply', { text: 'Now.', undoSeconds: 0 });
    expect(sent.body.message.state).toBe('sending');
    const late = await api.call(bo, 'DELETE', `/messages/${sent.body.message.id}`);
    expect(late.status).toBe(409);
    expect(late.body.code).toBe('too_late');
  });

  test('with nothing in it is refused, and leaves no message', async () => {
    for (const body of [{ text: ' \n ' }, { html: '<p> </p>' }, {}]) {
      const answer = await on(bo, 'POST', '/reply', body);
      expect([answer.status, answer.body.code]).toEqual([400, 'validation']);
    }
    const rows = await desk.in((trx) => trx('message').where({ ticket: number, direction: 'out' }));
    expect(rows).toEqual([]);
  });

  test('with bad addresses, dates and files is refused with what is wrong', async () => {
    const bad = await on(bo, 'POST', '/reply', { text: 'x', cc: ['nobody'] });
    expect(bad.body).toMatchObject({ status: 400 });
    expect(bad.body.detail).toContain('nobody');
    const past = await on(bo, 'POST', '/reply', { text: 'x', sendAt: '2020-01-01T00:00:00Z' });
    expect(past.body.code).toBe('date_in_past');
    const file = await on(bo, 'POST', '/reply', { text: 'x', attachments: ['nope'] });
    expect(file.status).toBe(404);
    const both = { pend: { until: inAnHour() }, solve: { summary: true } };
    expect((await on(bo, 'POST', '/reply', { text: 'x', then: both })).status).toBe(400);
  });

  test('news since the editor was opened stops it', async () => {
    const stale = await on(bo, 'POST', '/reply', { text: 'x', seen: '1' });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatchObject({ code: 'news', items: ['2'] });
    expect((await on(bo, 'POST', '/reply', { text: 'x', seen: '2' })).status).toBe(202);
  });

  test('what follows the undo time is kept with the message', async () => {
    const until = inAnHour();
    const then = { pend: { until, reason: 'waiting for parts' } };
    const sent = await on(bo, 'POST', '/reply', { text: 'x', undoSeconds: 0, then });
    expect(sent.status).toBe(202);
    expect((await on(bo, 'GET', '')).body).toMatchObject({ state: 'pending', pendingUntil: until });
    expect((await on(bo, 'GET', '/next')).body.items[0].reason).toBe('waiting for parts');
  });
});

describe('an Idempotency-Key', () => {
  test('makes a repeated answer one mail, even when the first answer was lost', async () => {
    const path = `/tickets/${number}/reply`;
    const first = await keyed('k-reply', 'POST', path, { text: 'Once.' });
    const again = await keyed('k-reply', 'POST', path, { text: 'Once.' });
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    await desk.in((trx) => trx('idempotency').where({ key: 'k-reply' }).update({ status: null }));
    const lost = await keyed('k-reply', 'POST', path, { text: 'Once.' });
    expect(lost.body.message.id).toBe(first.body.message.id);
    const rows = await desk.in((trx) => trx('message').where({ ticket: number, direction: 'out' }));
    expect(rows).toHaveLength(1);
  });

  test('that was used for something else is refused', async () => {
    const until = inAnHour();
    await keyed('k-pend', 'POST', `/tickets/${number}/pend`, { until });
    const other = await keyed('k-pend', 'POST', `/tickets/${number}/resume`, {});
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  test('survives a try while Temporal was away', async () => {
    workflows.away = true;
    const path = `/tickets/${number}/reply`;
    expect((await keyed('k-away', 'POST', path, { text: 'Hello.' })).status).toBe(503);
    workflows.away = false;
    expect((await keyed('k-away', 'POST', path, { text: 'Hello.' })).status).toBe(202);
    const rows = await desk.in((trx) => trx('message').where({ ticket: number, direction: 'out' }));
    expect(rows).toHaveLength(1);
  });

  test('makes a repeated state change answer what was recorded', async () => {
    await on(bo, 'POST', '/claim');
    await keyed('k-p', 'POST', `/tickets/${number}/pend`, { until: inAnHour() });
    await keyed('k-r', 'POST', `/tickets/${number}/resume`, {});
    await desk.in((trx) => trx('idempotency').where({ key: 'k-r' }).delete());
    const again = await keyed('k-r', 'POST', `/tickets/${number}/resume`, {});
    expect([again.status, again.body.state]).toEqual([200, 'open']);
  });
});

describe('composing', () => {
  test('makes an open ticket of the writer\u2019s, and once for its key', async () => {
    const body = {
      to: 'Nils Holm <new@brightmail.test>',
      subject: 'Your order',
      text: 'It is ready.',
    };
    const first = await keyed('k-compose', 'POST', '/tickets', body);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      state: 'open',
      subject: 'Your order',
      owner: { id: desk.bo },
      customer: { name: 'Nils Holm', email: 'new@brightmail.test' },
    });
    await desk.in((trx) => trx('idempotency').where({ key: 'k-compose' }).update({ status: null }));
    const again = await keyed('k-compose', 'POST', '/tickets', body);
    expect(again.body.number).toBe(first.body.number);
  });

  test('with nothing in it, to nobody or from nowhere is refused', async () => {
    const refused = async (body: object) =>
      (await api.call(bo, 'POST', '/tickets', body)).body.code;
    expect(await refused({ to: 'a@b.test', subject: 'x', text: '' })).toBe('validation');
    expect(await refused({ to: 'nobody', subject: 'x', text: 'y' })).toBe('validation');
    const mailbox = 'globex-mailbox';
    expect(await refused({ to: 'a@b.test', subject: 'x', text: 'y', mailbox })).toBe('not_found');
  });
});

describe('notes, drafts and reading', () => {
  test('a note is for agents, and whoever it names is told', async () => {
    const note = await on(bo, 'POST', '/notes', { text: 'Look, @Anna Berg: broken again.' });
    expect(note.status).toBe(201);
    expect(note.body).toMatchObject({
      by: { id: desk.bo },
      text: 'Look, @Anna Berg: broken again.',
    });
    const reminders = await api.call(anna, 'GET', '/reminders');
    expect(reminders.body.items).toContainEqual(
      expect.objectContaining({ kind: 'mentioned', ticket: expect.objectContaining({ number }) }),
    );
    expect((await on(bo, 'POST', '/notes', { text: '  ' })).status).toBe(400);
  });

  test('a draft is its writer\u2019s own, and an empty one is forgotten', async () => {
    const draft = { text: 'Dear Ele', cc: ['otto@'], attachments: [] };
    expect((await on(bo, 'PUT', '/draft', draft)).body).toMatchObject(draft);
    expect((await on(bo, 'GET', '/draft')).body).toMatchObject(draft);
    expect((await on(anna, 'GET', '/draft')).body).toMatchObject({ text: '', updatedAt: null });
    await on(bo, 'PUT', '/draft', { text: '' });
    expect((await on(bo, 'GET', '/draft')).body.updatedAt).toBeNull();
  });

  test('reading takes the unread mark off for the reader alone', async () => {
    expect((await on(bo, 'GET', '')).body.unread).toBe(true);
    expect((await on(bo, 'PUT', '/read', { seq: 2 })).body).toEqual({ seq: 2 });
    expect((await on(bo, 'GET', '')).body.unread).toBe(false);
    expect((await on(anna, 'GET', '')).body.unread).toBe(true);
  });
});
