import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepLateTickets } from '../../intake/late-tickets.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import { arrivalOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { inHours, inSeconds, newTicket, openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { forCustomers } from './smtp-sink.ts';
import { makeLate } from './sweeper-time.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** The sweeper of a process whose Temporal counts the tickets it is told of. */
function countingSweeper(sync: TicketWorkflows['sync'] = async () => undefined) {
  const synced: number[] = [];
  const workflows: TicketWorkflows = {
    ...desk.workflows,
    sync: async (ticket) => {
      await sync(ticket);
      synced.push(ticket.number);
    },
  };
  const round = async () => {
    const before = synced.length;
    await sweepLateTickets({ ...desk.intake, workflows });
    return synced.slice(before);
  };
  return { round };
}

describe('many tickets that are late at once', () => {
  const FIRST = 1_000;

  beforeEach(async () => {
    await desk.in((trx) => trx.raw('delete from ticket_sweep'));
    await desk.in((trx) => trx('ticket').where('number', '>=', FIRST).delete());
  });

  /** Rows as a downtime leaves them; nothing here looks into their state. */
  async function lateTickets(count: number, lateByS = 60): Promise<void> {
    await desk.in((trx) =>
      trx.raw(
        `insert into ticket (company, number, state_version, folded, state, next_due)
         select ?, ? + g, 1, '{}', 'pending', now() - make_interval(secs => ?::int + g * 0.001)
         from generate_series(0, ?::int - 1) g`,
        [desk.company, FIRST, lateByS, count],
      ),
    );
  }

  test('cause no storm: a hundred a round, each once in a while, all in the end', async () => {
    await lateTickets(10_000);
    const { round } = countingSweeper();
    const seen = new Set<number>();
    for (let rounds = 0; rounds < 100; rounds += 1) {
      const synced = await round();
      expect(synced).toHaveLength(100);
      for (const number of synced) seen.add(number);
    }
    expect(seen.size).toBe(10_000);
    expect(await round()).toEqual([]);
  });

  test('are asked again after waits that double, from 15 s to 10 minutes', async () => {
    await lateTickets(1);
    const { round } = countingSweeper();
    expect(await round()).toEqual([FIRST]);
    for (const waitS of [15, 30, 60, 120, 240, 480, 600, 600]) {
      await pretendSynced(waitS - 1);
      expect({ waitS, synced: await round() }).toEqual({ waitS, synced: [] });
      await pretendSynced(waitS + 1);
      expect({ waitS, synced: await round() }).toEqual({ waitS, synced: [FIRST] });
    }
  });

  test('are picked by one sweeper at a time', async () => {
    await lateTickets(90);
    const sweepers = Array.from({ length: 4 }, () => countingSweeper());
    const picked = await Promise.all(sweepers.map(({ round }) => round()));
    const synced = picked.flat();
    expect(new Set(synced).size).toBe(synced.length);
    expect(synced).toHaveLength(90);
  });

  test('keep their turn when Temporal goes away in the middle of a round', async () => {
    await lateTickets(30);
    let calls = 0;
    const { round } = countingSweeper(async () => {
      calls += 1;
      if (calls === 10) throw new Error('Temporal is away');
    });
    await expect(round()).rejects.toThrow('away');
    expect(await round()).toHaveLength(20);
  });

  test('are none of those that have only just become due', async () => {
    await lateTickets(5, 10);
    expect(await countingSweeper().round()).toEqual([]);
  });

  async function pretendSynced(agoS: number): Promise<void> {
    const sql = 'update ticket_sweep set synced_at = now() - make_interval(secs => ?::int)';
    await desk.in((trx) => trx.raw(sql, [agoS]));
  }
});

describe('a ticket that is asked to look at itself', () => {
  test('writes no event when all is well', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inHours(1), by: desk.bo });
    const before = await ticket.events();
    await makeLate(desk, ticket);
    expect(await countingSweeper(desk.workflows.sync).round()).toEqual([ticket.number]);
    await ticket.settled();
    expect(await ticket.events()).toEqual(before);
  });

  test('runs again, with its timers, when its workflow was terminated by hand', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inSeconds(2), by: desk.bo });
    await ticket.handle.terminate('by accident');
    await makeLate(desk, ticket);
    await sweepLateTickets(desk.intake);
    await ticket.event('resumed', ({ why }) => why === 'callback');
  });

  test('runs again when its workflow was cancelled by hand while a mail was leaving', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave(forCustomers('hold'));
    const message = await ticket.reply();
    await desk.sink.held();
    await ticket.handle.cancel();
    await ticket.handle.result().catch(() => undefined);
    desk.sink.behave('accept');
    await makeLate(desk, ticket);
    await sweepLateTickets(desk.intake);
    await ticket.event('delivery', (event) => event.message === message);
    const sent = desk.sink.mails.filter(({ headers }) => headers.messageId?.startsWith(message));
    expect(sent).toHaveLength(1);
  });
});

describe('an auto-solve that fires', () => {
  /** Stores a mail of the customer as if the process had died before handing it over. */
  async function storeOnly(ticket: OneTicket, letter: Partial<Letter> = {}): Promise<void> {
    const lost = async () => Promise.reject(new Error('the process has died'));
    const intake = { ...desk.intake, workflows: { ...desk.workflows, receive: lost } };
    const subject = `Re: A cracked lamp [#${ticket.number}]`;
    await takeMail(intake, arrivalOf(desk.company, { subject, ...letter }));
    await intake.handOvers.drain();
  }

  test('waits for a stored mail of the customer that the ticket has not taken', async () => {
    const ticket = await newTicket(desk);
    const due = inSeconds(2);
    await ticket.command('autoSolve', { at: due, by: desk.bo });
    await storeOnly(ticket);
    const deferred = await ticket.event('autoSolveDeferred');
    expect(Date.parse(deferred.until)).toBe(Date.parse(deferred.at) + 30_000);
    expect(await ticket.state()).toMatchObject({ autoSolve: { at: due, due: deferred.until } });

    await desk.in((trx) => trx('mail').where({ outcome: 'pending' }).update('lease_until', null));
    await sweepMail(desk.intake, 0);
    const cancelled = await ticket.event('autoSolveCancelled');
    expect(cancelled).toMatchObject({ due, why: 'customer' });
    expect(await ticket.types()).not.toContain('solved');
  });

  test('does not wait for a stored mail of a machine', async () => {
    const ticket = await newTicket(desk);
    await ticket.command('autoSolve', { at: inSeconds(1), by: desk.bo });
    await storeOnly(ticket, { headers: ['Auto-Submitted: auto-replied'] });
    await ticket.event('solved', ({ kind }) => kind === 'auto');
  });
});
