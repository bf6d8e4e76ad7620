import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRunningDesk, workflowIdOf } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

test('a mail is claimed, answered, put on hold, comes back, is solved with a summary and reopened', async () => {
  const { company, bo } = desk;
  const number = await desk.write({ messageId: 'lamp@brightmail.test', subject: 'A cracked lamp' });
  const ticket = { company, number };
  await desk.event(number, 'received');

  await desk.workflows.command(ticket, 'claim', { agent: bo, by: bo });
  await desk.in((trx) =>
    trx('message').insert({
      company,
      id: 'answer-1',
      ticket: number,
      direction: 'out',
      kind: 'reply',
      mailbox: desk.mailbox,
      writer: bo,
      message_id: `answer-1@${company}.test`,
      from_address: `support@${company}.test`,
      recipients: ['eleanor@brightmail.test'],
      text: 'A new shade leaves tomorrow.',
      undo_seconds: 0,
    }),
  );
  await desk.workflows.command(ticket, 'reply', { message: 'answer-1', by: bo });
  const answer = await desk.sink.next((mail) => mail.to.includes('eleanor@brightmail.test'));
  expect(answer.headers.messageId).toBe(`answer-1@${company}.test`);
  expect(answer.headers.inReplyTo).toBe('lamp@brightmail.test');
  expect(answer.headers.replyTo[0]?.address).toMatch(/^support\+1[a-z2-7]+@/);
  await desk.event(number, 'delivery', (event) => event.outcome === 'sent');

  const until = inSeconds(2);
  await desk.workflows.command(ticket, 'pend', { until, by: bo });
  const back = await desk.event(number, 'resumed');
  expect(back.why).toBe('callback');
  expect(Date.parse(back.at)).toBeGreaterThanOrEqual(Date.parse(until) - 1_000);
  await desk.sink.next((mail) => mail.to.includes(`bo@${company}.test`));

  await desk.workflows.command(ticket, 'solve', { summary: true, by: bo });
  const summary = await desk.sink.next(
    (mail) => mail !== answer && mail.to.includes('eleanor@brightmail.test'),
  );
  expect(summary.raw.toString()).toContain('A new shade leaves tomorrow.');
  expect(summary.headers.raw.get('auto-submitted')).toEqual(['auto-replied']);

  const again = await desk.write({ inReplyTo: `answer-1@${company}.test`, text: 'Still cracked' });
  expect(again).toBe(number);
  const reopened = await desk.event(number, 'reopened');
  expect(reopened).toMatchObject({ why: 'customer', owner: bo });

  await desk.workflows.command(ticket, 'autoSolve', { at: inSeconds(1), by: bo });
  const solved = await desk.event(number, 'solved', (event) => event.kind === 'auto');
  expect(solved.summary).toBe(false);
  const state: unknown = await desk.client.workflow
    .getHandle(workflowIdOf(desk, number))
    .query('state');
  expect(state).toMatchObject({ state: 'solved', callback: null, autoSolve: null });
});
