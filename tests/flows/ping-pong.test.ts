import { afterAll, beforeAll, expect, test } from 'vitest';
import { AUTOMATIC_ANSWERS_MAX } from '../../domain/ticket/decide/automatic-limit.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

/** What a program would go on for that answers every mail, and says nowhere that it is one. */
const ROUNDS = 1_000;

/** Customers who write at the same moment; each finds room for an answer, or not. */
const AT_ONCE = 20;

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
  await desk.in((trx) => trx('mailbox').update({ acknowledge: true }));
});
afterAll(() => desk.stop());

/** Whether the new ticket of this mail is acknowledged; null when the answer was held. */
async function isAnswered(letter: { from: string; subject: string }): Promise<boolean> {
  const ticket = await desk.write(letter);
  return desk.eventually(async () => {
    const types = (await desk.events(ticket)).map(({ type }) => type);
    if (types.includes('queued')) return true;
    return types.includes('answerHeld') ? false : undefined;
  });
}

test('a program that answers our answers and does not say so is cut off', async () => {
  const robot = 'robot@other-desk.test';
  let rounds = 0;
  for (; rounds < ROUNDS; rounds += 1) {
    const subject = `Request ${rounds} was registered`;
    if (!(await isAnswered({ from: robot, subject }))) break;
    await desk.sink.next(({ headers }) => headers.subject.includes(subject));
  }
  expect(rounds).toBe(AUTOMATIC_ANSWERS_MAX);
  const other = { from: 'eleanor@brightmail.test', subject: 'A lamp' };
  expect(await isAnswered(other)).toBe(true);
});

test('mails that begin tickets at the same moment do not each find room for the last', async () => {
  const from = 'crowd@other-desk.test';
  const mails = Array.from({ length: AT_ONCE }, (_, index) => ({ from, subject: `No. ${index}` }));
  const answered = await Promise.all(mails.map(isAnswered));
  expect(answered.filter(Boolean)).toHaveLength(AUTOMATIC_ANSWERS_MAX);
});
