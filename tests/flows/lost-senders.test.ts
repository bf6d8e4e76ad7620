import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startDoomedWorker } from './doomed.ts';
import { openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import type { Behaviour } from './smtp-sink.ts';

/** Lost activities are missed after 15 s, and their leases run out after 20 s. */
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** Where a sending process was when it was killed. */
const moments = ['recorded', 'before-data', 'after-data', 'taken', 'refused-for-now'] as const;
type Moment = (typeof moments)[number];

interface Leaving {
  ticket: OneTicket;
  message: string;
}

let desk: RunningDesk;
const leaving: { [moment: string]: Leaving } = {};

function at(moment: Moment): Leaving {
  const found = leaving[moment];
  if (!found) throw new Error(`nothing left at the moment "${moment}"`);
  return found;
}

function addressAt(moment: Moment): string {
  return `${moment}@brightmail.test`;
}

const meanwhile: { [address: string]: Behaviour } = {
  [addressAt('before-data')]: 'hold-recipient',
  [addressAt('after-data')]: 'hold',
  [addressAt('refused-for-now')]: 'defer',
};

/** All moments at once, since what follows takes as long for one as for all. */
beforeAll(async () => {
  desk = await startRunningDesk({ worker: false, taskTimeoutMs: 2_000 });
  desk.sink.behave((to) => meanwhile[to] ?? 'accept');
  const first = await startDoomedWorker({ place: desk.place, dieAfter: 'reply' });
  const tickets = await Promise.all(moments.map(async () => openTicket(desk)));
  for (const [index, moment] of moments.entries()) {
    const ticket = tickets[index];
    if (!ticket) throw new Error('there is a ticket for each moment');
    const message = await ticket.draft({ recipients: [addressAt(moment)] });
    leaving[moment] = { ticket, message };
  }
  void send('recorded');
  await first.died;

  const dieSendingTo = addressAt('taken');
  const second = await startDoomedWorker({ place: desk.place, dieSendingTo });
  void send('refused-for-now');
  await at('refused-for-now').ticket.event('delivery');
  void send('before-data');
  void send('after-data');
  await Promise.all([desk.sink.held(is('before-data')), desk.sink.held(is('after-data'))]);
  void send('taken');
  await second.died;
  desk.sink.behave('accept');
  await desk.startWorker();
});
afterAll(() => desk.stop());

const is = (moment: Moment) => (address: string) => address === addressAt(moment);

/** The caller may be told that the service does not answer; the command is recorded or not. */
function send(moment: Moment): Promise<unknown> {
  const { ticket, message } = at(moment);
  return ticket.command('reply', { message, by: desk.bo }).catch(() => null);
}

function copiesAt(moment: Moment): number {
  return desk.sink.mails.filter(({ to }) => to.includes(addressAt(moment))).length;
}

async function outcomesAt(moment: Moment, last: string): Promise<string[]> {
  const { ticket } = at(moment);
  await ticket.event('delivery', ({ outcome }) => outcome === last);
  return (await ticket.events()).flatMap((event) => {
    if (event.type === 'sendStarted') return [`attempt ${event.attempt}`];
    return event.type === 'delivery' && event.kind === 'reply' ? [event.outcome] : [];
  });
}

describe('a sending process that is killed', () => {
  test('between record and scheduling has sent nothing: the mail is sent once', async () => {
    expect(await outcomesAt('recorded', 'sent')).toEqual(['attempt 1', 'sent']);
    expect(copiesAt('recorded')).toBe(1);
  });

  test('before the content was handed over has sent nothing: the next attempt does', async () => {
    const outcomes = ['attempt 1', 'deferred', 'attempt 2', 'sent'];
    expect(await outcomesAt('before-data', 'sent')).toEqual(outcomes);
    expect(copiesAt('before-data')).toBe(1);
  });

  test('after the content was handed over leaves an uncertain mail, never sent again', async () => {
    expect(await outcomesAt('after-data', 'uncertain')).toEqual(['attempt 1', 'uncertain']);
  });

  test('after the server took it leaves an uncertain mail, not a second copy', async () => {
    expect(await outcomesAt('taken', 'uncertain')).toEqual(['attempt 1', 'uncertain']);
    expect(copiesAt('taken')).toBe(1);
  });
});

test('a mail that was not taken at first leaves by its timer, in another process too', async () => {
  const outcomes = ['attempt 1', 'deferred', 'attempt 2', 'sent'];
  expect(await outcomesAt('refused-for-now', 'sent')).toEqual(outcomes);
  const { ticket } = at('refused-for-now');
  const deferred = await ticket.event('delivery', ({ outcome }) => outcome === 'deferred');
  const again = await ticket.event('sendStarted', ({ attempt }) => attempt === 2);
  expect(Date.parse(again.at) - Date.parse(deferred.at)).toBeGreaterThanOrEqual(29_000);
  expect(copiesAt('refused-for-now')).toBe(1);
});

test('an uncertain mail is sent again, or has arrived, when a person says so', async () => {
  await outcomesAt('taken', 'uncertain');
  const taken = at('taken');
  await taken.ticket.command('delivery', { message: taken.message, outcome: 'arrived' });
  expect(await outcomesAt('taken', 'arrived')).toEqual(['attempt 1', 'uncertain', 'arrived']);

  const { ticket, message } = at('after-data');
  const before = copiesAt('after-data');
  await outcomesAt('after-data', 'uncertain');
  await ticket.command('resend', { message, by: desk.bo });
  const outcomes = ['attempt 1', 'uncertain', 'attempt 2', 'sent'];
  expect(await outcomesAt('after-data', 'sent')).toEqual(outcomes);
  expect(copiesAt('after-data')).toBe(before + 1);
});
