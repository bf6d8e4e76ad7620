import knexPackage from 'knex';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { takeMail } from '../../intake/take-mail.ts';
import { askUntil } from './ask-until.ts';
import { arrivalOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

/** As often as each promise is put to the test; some at once, as senders do. */
const TIMES = 200;
const TIMES_WITH_COPIES = 60;
const AT_ONCE = 20;

/** Some hundred tickets beside another test file take their time on a small machine. */
vi.setConfig({ testTimeout: 90_000 });

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** Comes again, as senders do, with what a busy machine had no connection to its database for. */
async function take(letter: Partial<Letter>): Promise<number | null> {
  const arrival = arrivalOf(desk.company, letter);
  for (;;) {
    try {
      const [stored] = await takeMail(desk.intake, arrival);
      return stored?.row.ticket ?? null;
    } catch (error) {
      if (!(error instanceof knexPackage.default.KnexTimeoutError)) throw error;
    }
  }
}

/** Runs the race with each number from 1 on, a few at once, until every mail has its outcome. */
async function race(times: number, run: (round: number) => Promise<void>): Promise<void> {
  for (let first = 1; first <= times; first += AT_ONCE) {
    const rounds = Array.from({ length: AT_ONCE }, (_, index) => first + index);
    await Promise.all(rounds.map(run));
  }
  await askUntil(async () => {
    const pending = await desk.in((trx) => trx('mail').where({ outcome: 'pending' }).first('id'));
    return pending === undefined ? true : undefined;
  });
}

interface TicketCount {
  number: number;
  mails: number;
  messages: number;
  received: number;
  outcomes: string[];
}

/** What became of the mails whose Message-ID begins so, ticket by ticket. */
async function ticketsOf(prefix: string): Promise<TicketCount[]> {
  const { rows } = await desk.in((trx) =>
    trx.raw<{ rows: TicketCount[] }>(
      `select m.ticket as number, count(*)::int as mails,
         array_agg(m.outcome order by m.outcome) as outcomes,
         (select count(*)::int from message s where s.company = m.company
           and s.ticket = m.ticket) as messages,
         (select count(*)::int from ticket_event e where e.company = m.company
           and e.ticket = m.ticket and e.type = 'received') as received
       from mail m where m.message_id like ? group by m.company, m.ticket order by 1`,
      [`${prefix}%`],
    ),
  );
  return rows;
}

/** Each ticket alike, and as many as there were rounds. */
function expectAlike(
  tickets: TicketCount[],
  times: number,
  each: Omit<TicketCount, 'number'>,
): void {
  expect(tickets).toEqual(tickets.map(({ number }) => ({ number, ...each })));
  expect(tickets).toHaveLength(times);
}

describe('many times at once', () => {
  test('a mail and the answer to it, in either order, are one ticket with both', async () => {
    await race(TIMES, async (round) => {
      const from = `pair-${round}@brightmail.test`;
      const original = { from, messageId: `pair-${round}-a@brightmail.test` };
      const inReplyTo = original.messageId;
      const answer = { from, messageId: `pair-${round}-b@brightmail.test`, inReplyTo };
      const pair = round % 2 === 0 ? [original, answer] : [answer, original];
      const [one, other] = await Promise.all(pair.map(take));
      expect(one).toBe(other);
    });
    const outcomes = ['added', 'new_ticket'];
    expectAlike(await ticketsOf('pair-'), TIMES, { mails: 2, outcomes, messages: 2, received: 2 });
  });

  test('a mail and the answer of somebody who got a copy are one ticket with both', async () => {
    await race(TIMES_WITH_COPIES, async (round) => {
      const us = `support@${desk.company}.test`;
      const [writer, colleague] = [`w-${round}@brightmail.test`, `c-${round}@brightmail.test`];
      const messageId = `copy-${round}-a@brightmail.test`;
      const original = { from: writer, messageId, headers: [`Cc: ${colleague}`] };
      const answer = {
        from: colleague,
        to: us,
        headers: [`Cc: ${writer}`],
        messageId: `copy-${round}-b@brightmail.test`,
        inReplyTo: messageId,
      };
      const pair = round % 2 === 0 ? [original, answer] : [answer, original];
      const [one, other] = await Promise.all(pair.map(take));
      expect({ round, one }).toEqual({ round, one: other });
    });
    const outcomes = ['added', 'new_ticket'];
    expectAlike(await ticketsOf('copy-'), TIMES_WITH_COPIES, {
      mails: 2,
      outcomes,
      messages: 2,
      received: 2,
    });
  });
});
