import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { insertArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { sweepLateTickets } from '../../intake/late-tickets.ts';
import { startDoomedWorker } from './doomed.ts';
import { inHours, inSeconds, openTicket, ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startOwnTemporal } from './own-temporal.ts';
import type { OwnTemporal } from './own-temporal.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { makeLate } from './sweeper-time.ts';

vi.setConfig({ testTimeout: 60_000 });

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

/** What the run believes is what the log says. */
async function knowsItsLog(ticket: OneTicket): Promise<void> {
  await ticket.settled();
  const events = await ticket.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(await ticket.state()).toMatchObject({ seq: events.length });
}

test('a worker that dies with the assistant’s answer: it is sent once all the same', async () => {
  const { company, mailbox: id } = desk;
  await desk.in(async (trx) => {
    await insertKnowledgeBase(trx, { id: 'help', name: 'Help', public: true });
    const words = {
      title: 'A cracked lamp',
      body: 'When the shade arrived with a crack, call us.',
    };
    await insertArticle(trx, { id: 'crack', knowledgeBase: 'help', published: true, ...words });
    await trx('mailbox').where({ company, id }).update({ assistant: 'answer' });
  });
  const doomed = await startDoomedWorker({ place: desk.place, dieConsulting: true });
  const ticket = ticketOf(desk, await desk.write({}));
  await doomed.died;
  const worker = await desk.startWorker();
  await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
  await knowsItsLog(ticket);
  const told = (await ticket.types()).filter((type) => /^assistant|^solved/.test(type));
  expect(told).toEqual(['assistantAsked', 'assistantAnswered', 'solved']);
  const answers = desk.sink.mails.filter(({ headers }) =>
    /^assistant-/.test(headers.messageId ?? ''),
  );
  expect(answers).toHaveLength(1);
  await desk.in((trx) => trx('mailbox').where({ company, id }).update({ assistant: 'off' }));
  await worker.stop();
});

describe('a worker that dies between record and the end of its task', () => {
  test('while a mail arrives: both count once, and both are learnt', async () => {
    const doomed = await startDoomedWorker({ place: desk.place, dieAfter: 'pend' });
    const ticket = await openTicket(desk);
    const pend = ticket.command('pend', { until: inHours(1), by: desk.bo }).catch(() => null);
    await doomed.died;
    await ticket.customerWrites();
    const worker = await desk.startWorker();
    await ticket.event('resumed', ({ why }) => why === 'customer');
    await pend;
    await knowsItsLog(ticket);
    expect((await ticket.types()).slice(2, 7)).toEqual([
      'claimed',
      'pended',
      'received',
      'resumed',
      'reminded',
    ]);
    expect(await ticket.state()).toMatchObject({ state: 'open', callback: null });
    await worker.stop();
  });

  test('with the first mail of a ticket: there is one ticket with one message', async () => {
    const doomed = await startDoomedWorker({ place: desk.place, dieAfter: 'receive' });
    const ticket = ticketOf(desk, await desk.write({}));
    await doomed.died;
    expect(await ticket.types()).toEqual(['created', 'received']);
    const worker = await desk.startWorker();
    await ticket.command('claim', { agent: desk.bo, by: desk.bo });
    await knowsItsLog(ticket);
    expect(await ticket.types()).toEqual(['created', 'received', 'claimed']);
    await worker.stop();
  });

  test('and Temporal with it: the callback still fires, and nobody does anything', async () => {
    const doomed = await startDoomedWorker({ place: desk.place, dieAfter: 'pend' });
    const ticket = await openTicket(desk);
    // Whoever asked is gone as well, or would ask again, and the ticket learn of its pend by that.
    const asker = new AbortController();
    const asked = desk.client.connection.withAbortSignal(asker.signal, () =>
      ticket.command('pend', { until: inSeconds(4), by: desk.bo }),
    );
    await doomed.died;
    asker.abort();
    await expect(asked).rejects.toThrow();
    await temporal.kill();
    await temporal.restart();
    const worker = await desk.startWorker();
    expect(await ticket.state()).toMatchObject({ seq: 3, callback: null });
    await makeLate(desk, ticket);
    await sweepLateTickets(desk.intake);
    await ticket.event('resumed', ({ why }) => why === 'callback');
    await knowsItsLog(ticket);
    await worker.stop();
  });
});
