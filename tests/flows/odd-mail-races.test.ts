import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { takeMail } from '../../intake/take-mail.ts';
import { createSmtpReceiver } from '../../mail/inbound/smtp-receiver.ts';
import type { SmtpReceiver } from '../../mail/inbound/smtp-receiver.ts';
import { openSmtpDialogue } from '../../mail/testing/smtp-dialogue.ts';
import { testLog } from '../../runtime/logger.ts';
import { askUntil } from './ask-until.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

/** As often as each promise is put to the test, some rounds at once. */
const TIMES = 200;
/** Who tells mails apart by their text needs no race. */
const TIMES_BY_TEXT = 60;
const AT_ONCE = 20;

/** Longer than any column or header line that somebody may have thought of. */
const LONG_NAME = 'n'.repeat(300);
const LONG_SUBJECT = 'Lamp '.repeat(4_000);

vi.setConfig({ testTimeout: 90_000 });

let desk: RunningDesk;
let receiver: SmtpReceiver;
let port: number;

beforeAll(async () => {
  desk = await startRunningDesk();
  receiver = createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    sizeMaxBytes: 1_000_000,
    isRecipient: async () => true,
    take: async (arrival) => void (await takeMail(desk.intake, arrival)),
    logger: testLog,
  });
  ({ port } = await receiver.start());
});
afterAll(async () => {
  await receiver.stop();
  await desk.stop();
});

/** Brings a mail over a connection of its own; resolves when the receiver has said 250. */
async function bring(from: string, lines: readonly string[]): Promise<void> {
  const smtp = await openSmtpDialogue(port);
  await smtp.say(`MAIL FROM:<${from}>`);
  await smtp.say(`RCPT TO:<support@${desk.company}.test>`);
  await smtp.say('DATA');
  expect(await smtp.say(`${lines.join('\r\n')}\r\n.`)).toMatch(/^250/);
  smtp.close();
}

async function race(run: (round: number) => Promise<unknown>, times = TIMES): Promise<void> {
  for (let first = 1; first <= times; first += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => run(first + index)));
  }
  await askUntil(async () => {
    const pending = await desk.in((trx) => trx('mail').where({ outcome: 'pending' }).first('id'));
    return pending === undefined ? true : undefined;
  });
}

/** The outcomes of all mails whose envelope sender begins so: sender by sender, in their order. */
async function outcomesOf(prefix: string): Promise<{ tickets: number; outcomes: string }[]> {
  const { rows } = await desk.in((trx) =>
    trx.raw<{ rows: { tickets: number; outcomes: string }[] }>(
      `select count(distinct ticket)::int as tickets,
         string_agg(outcome, ' ' order by outcome) as outcomes
       from mail where envelope_from like ? group by envelope_from`,
      [`${prefix}%`],
    ),
  );
  return rows;
}

function allAlike(tickets: number, outcomes: string): { tickets: number; outcomes: string }[] {
  return Array.from({ length: TIMES }, () => ({ tickets, outcomes }));
}

describe('many times at once, over connections of their own', () => {
  test('the same mail twice, as long as one can be, is one ticket with one message', async () => {
    await race(async (round) => {
      const from = `twin-${round}@brightmail.test`;
      const head = [
        `From: "${LONG_NAME}" <${from}>`,
        `Subject: ${LONG_SUBJECT}`,
        `Message-ID: <${from}>`,
      ];
      const copy = (hop: string) => bring(from, [`Received: from ${hop}`, ...head, '', 'Cracked.']);
      await Promise.all([copy('mx1.brightmail.test'), copy('mx2.brightmail.test')]);
    });
    expect(await outcomesOf('twin-')).toEqual(allAlike(1, 'duplicate new_ticket'));
    const { rows } = await desk.in((trx) =>
      trx.raw<{ rows: { messages: number; received: number }[] }>(
        `select (select count(*)::int from message s where s.ticket = m.ticket) as messages,
           (select count(*)::int from ticket_event e where e.ticket = m.ticket
             and e.type = 'received') as received
         from mail m where m.envelope_from like 'twin-%' and m.outcome = 'new_ticket'`,
      ),
    );
    expect(rows).toEqual(Array.from({ length: TIMES }, () => ({ messages: 1, received: 1 })));
  });

  test('two answers to one of those mails join its ticket both', async () => {
    await race(async (round) => {
      const from = `twin-${round}@brightmail.test`;
      const answer = (id: string) =>
        bring(from, [
          `From: ${from}`,
          `Message-ID: <${id}-${from}>`,
          `In-Reply-To: <${from}>`,
          'Subject: Re: Lamp',
          '',
          `This is ${id}`,
        ]);
      await Promise.all([answer('one'), answer('two')]);
    });
    expect(await outcomesOf('twin-')).toEqual(allAlike(1, 'added added duplicate new_ticket'));
  });

  test('mails without Message-ID, From or Date begin a ticket each, copies do not', async () => {
    await race(async (round) => {
      const from = `bare-${round}@brightmail.test`;
      const write = (text: string) => bring(from, ['Subject: Lamp', '', text]);
      await Promise.all([write('One.'), write('Two.'), write('Two.')]);
    });
    expect(await outcomesOf('bare-')).toEqual(allAlike(2, 'duplicate new_ticket new_ticket'));
  });

  test('a Message-ID that is used again with other words is another mail', async () => {
    await race(async (round) => {
      const from = `same-${round}@brightmail.test`;
      const head = [`From: ${from}`, 'Subject: Lamp', `Message-ID: <always@brightmail.test>`];
      await Promise.all(['One.', 'Two.'].map((text) => bring(from, [...head, '', text])));
    }, TIMES_BY_TEXT);
    const outcomes = await outcomesOf('same-');
    expect(outcomes).toHaveLength(TIMES_BY_TEXT);
    expect(outcomes.filter((one) => one.outcomes.includes('duplicate'))).toEqual([]);
  });
});
