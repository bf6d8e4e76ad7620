import { afterAll, beforeAll, expect, test } from 'vitest';
import { inSeconds, ticketOf } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

test('a mail is claimed, answered, pended, solved with a summary and reopened', async () => {
  const { company, bo } = desk;
  const number = await desk.write({ messageId: 'lamp@brightmail.test', subject: 'A cracked lamp' });
  const ticket = ticketOf(desk, number);
  await ticket.event('received');

  await ticket.command('claim', { agent: bo, by: bo });
  const message = await ticket.reply();
  const answer = await desk.sink.next((mail) => mail.to.includes('eleanor@brightmail.test'));
  expect(answer.headers.messageId).toBe(`${message}@${company}.test`);
  expect(answer.headers.inReplyTo).toBe('lamp@brightmail.test');
  expect(answer.headers.replyTo[0]?.address).toMatch(/^support\+1[a-z2-7]+@/);
  await ticket.event('delivery', (event) => event.outcome === 'sent');

  const until = inSeconds(2);
  await ticket.command('pend', { until, by: bo });
  const back = await ticket.event('resumed');
  expect(back.why).toBe('callback');
  expect(Date.parse(back.at)).toBeGreaterThanOrEqual(Date.parse(until) - 1_000);
  await desk.sink.next((mail) => mail.to.includes(`bo@${company}.test`));

  await ticket.command('solve', { summary: true, by: bo });
  const summary = await desk.sink.next(
    (mail) => mail !== answer && mail.to.includes('eleanor@brightmail.test'),
  );
  expect(summary.headers.raw.get('auto-submitted')).toEqual(['auto-replied']);

  const inReplyTo = `${message}@${company}.test`;
  const again = await desk.write({ inReplyTo, text: 'Still cracked' });
  expect(again).toBe(number);
  const reopened = await ticket.event('reopened');
  expect(reopened).toMatchObject({ why: 'customer', owner: bo });

  await ticket.command('autoSolve', { at: inSeconds(1), by: bo });
  const solved = await ticket.event('solved', (event) => event.kind === 'auto');
  expect(solved.summary).toBe(false);
  expect(await ticket.state()).toMatchObject({ state: 'solved', callback: null, autoSolve: null });
});
