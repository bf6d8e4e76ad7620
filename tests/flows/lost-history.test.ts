import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepLateTickets } from '../../intake/late-tickets.ts';
import { askUntil } from './ask-until.ts';
import { inHours, inSeconds, openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startOwnTemporal } from './own-temporal.ts';
import type { OwnTemporal } from './own-temporal.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { forCustomers } from './smtp-sink.ts';
import { makeLate } from './sweeper-time.ts';

/** A server that is lost and started again, twice, beside a test that runs at the same time. */
const RESTARTS_MS = 60_000;

let temporal: OwnTemporal;
let desk: RunningDesk;
beforeAll(async () => {
  temporal = await startOwnTemporal();
  const temporalAddress = temporal.address;
  desk = await startRunningDesk({ worker: false, temporalAddress, taskTimeoutMs: 2_000 });
});
afterAll(async () => {
  await desk.stop();
  await temporal.stop();
});

async function copyTemporal(): Promise<void> {
  await temporal.kill();
  temporal.keepCopy();
  await temporal.restart();
}

async function setTemporalBack(): Promise<void> {
  await temporal.kill();
  temporal.restoreCopy();
  await temporal.restart();
}

/** What the run believes is what the log says. */
async function knowsItsLog(ticket: OneTicket): Promise<void> {
  await ticket.settled();
  expect(await ticket.state()).toMatchObject({ seq: (await ticket.events()).length });
}

describe('after Temporal was set back to an older copy of its database', () => {
  test(
    'tickets learn what they missed, and what is done again leaves no second trace',
    async () => {
      let worker = await desk.startWorker();
      const old = await openTicket(desk);
      await worker.stop();
      await old.signal('invite', { agent: desk.anna });
      await copyTemporal();

      worker = await desk.startWorker();
      await old.event('invited');
      await old.command('pend', { until: inHours(1), by: desk.bo });
      await old.command('autoSolve', { at: inHours(2), by: desk.bo });
      const unknown = await openTicket(desk);
      await unknown.command('pend', { until: inSeconds(8), by: desk.bo });
      // The reminder of the invitation leaves by itself: the log is still until the next command.
      await old.event('delivery', ({ kind }) => kind === 'reminder');
      const before = [await old.events(), await unknown.events()];
      await worker.stop();
      await setTemporalBack();

      worker = await desk.startWorker();
      await knowsItsLog(old);
      expect([await old.events(), await unknown.events()]).toEqual(before);
      expect(await old.state()).toMatchObject({ state: 'pending', participants: [desk.anna] });
      await old.customerWrites();
      await old.event('autoSolveCancelled');

      await makeLate(desk, unknown);
      await sweepLateTickets(desk.intake);
      await unknown.event('resumed', ({ why }) => why === 'callback');
      await knowsItsLog(unknown);
      await worker.stop();
    },
    RESTARTS_MS,
  );

  test(
    'a mail that two runs are sending leaves once',
    async () => {
      let turnedAway = 0;
      const worker = await desk.startWorker({
        activities: ({ send, ...others }) => ({
          ...others,
          send: async (input) => {
            try {
              return await send(input);
            } catch (error) {
              turnedAway += 1;
              throw error;
            }
          },
        }),
      });
      const ticket = await openTicket(desk);
      await copyTemporal();
      const isCustomer = (address: string) => address.startsWith('eleanor');
      desk.sink.behave(forCustomers('hold'));
      const message = await ticket.reply();
      await desk.sink.held();
      await setTemporalBack();

      await desk.workflows.sync({ company: desk.company, number: ticket.number });
      await askUntil(async () => (turnedAway === 0 ? undefined : turnedAway));
      desk.sink.behave('accept');
      await ticket.event('delivery', (event) => event.message === message);
      expect(desk.sink.mails.filter(({ to }) => to.some(isCustomer))).toHaveLength(1);
      expect((await ticket.events()).filter(({ type }) => type === 'sendStarted')).toHaveLength(1);
      await knowsItsLog(ticket);
      await worker.stop();
    },
    RESTARTS_MS,
  );
});
