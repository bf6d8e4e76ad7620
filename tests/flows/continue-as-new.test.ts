import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inHours, inSeconds, newTicket, openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startOwnTemporal } from './own-temporal.ts';
import type { OwnTemporal } from './own-temporal.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { historyOf } from './ticket-history.ts';

/** So few events of a history that a handful of commands fills it. */
const EVENTS_MAX = 30;

let temporal: OwnTemporal;
let desk: RunningDesk;
beforeAll(async () => {
  temporal = await startOwnTemporal({ 'limit.historyCount.suggestContinueAsNew': EVENTS_MAX });
  desk = await startRunningDesk({ temporalAddress: temporal.address });
});
afterAll(async () => {
  await desk.stop();
  await temporal.stop();
});

async function runOf(ticket: OneTicket): Promise<string> {
  return (await ticket.handle.describe()).runId;
}

async function makeLabels(names: readonly string[]): Promise<void> {
  const { company } = desk;
  await desk.in((trx) =>
    trx('label').insert(names.map((id) => ({ company, id, name: `Label ${id}` }))),
  );
}

/** Gives commands until the ticket runs in another run than before, and has learnt its state. */
async function untilContinued(ticket: OneTicket): Promise<void> {
  const before = await runOf(ticket);
  while ((await runOf(ticket)) === before) await ticket.settled();
  await ticket.settled();
}

describe('continuing as new', () => {
  test('loses none of 50 signals and 20 updates that come meanwhile', async () => {
    const ticket = await openTicket(desk);
    const runs = new Set<string>();
    const signals = Array.from({ length: 50 }, (_, index) => `s-${index}`);
    const updates = Array.from({ length: 20 }, (_, index) => `u-${index}`);
    await makeLabels([...signals, ...updates]);
    const answers: Promise<unknown>[] = [];
    for (const [index, label] of signals.entries()) {
      await ticket.signal('label', { label });
      const update = index % 5 < 2 ? updates[answers.length] : undefined;
      if (update) answers.push(ticket.command('label', { label: update, by: desk.bo }));
      runs.add(await runOf(ticket));
      // Idle for a moment: what follows comes while the run ends and the next one begins.
      if (index % 8 === 7) await Promise.all(answers);
    }
    await Promise.all(answers);
    await ticket.settled();
    const labelled = (await ticket.events()).filter((event) => event.type === 'labelled');
    expect(labelled.map(({ label }) => label).sort()).toEqual([...signals, ...updates].sort());
    expect(answers).toHaveLength(20);
    expect(runs.size).toBeGreaterThan(2);
  });

  test('keeps the order of one sender', async () => {
    const ticket = await openTicket(desk);
    const agents = [desk.anna, desk.bo];
    for (let round = 0; round < 40; round += 1) {
      await ticket.signal('assign', { agent: agents[round % 2], by: desk.bo });
    }
    await ticket.settled();
    const owners = (await ticket.events()).flatMap((event) =>
      event.type === 'assigned' ? [event.agent] : [],
    );
    expect(owners).toEqual(Array.from({ length: 40 }, (_, round) => agents[round % 2]));
  });

  test('keeps the timers: callback, auto-solve and a mail that waits', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply({ sendAt: inSeconds(4) });
    await ticket.command('pend', { until: inSeconds(4), by: desk.bo });
    await ticket.command('autoSolve', { at: inSeconds(6), by: desk.bo });
    await untilContinued(ticket);
    expect(await ticket.state()).toMatchObject({ state: 'pending' });
    await ticket.event('resumed', ({ why }) => why === 'callback');
    await ticket.event('sendStarted', (event) => event.message === message);
    await ticket.event('solved', ({ kind }) => kind === 'auto');
  });

  test('keeps what the Temporal UI shows', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inHours(1), by: desk.bo });
    await untilContinued(ticket);
    const { searchAttributes } = await ticket.handle.describe();
    expect(searchAttributes).toMatchObject({ TicketState: ['pending'], TicketOwner: [desk.bo] });
    const name = '__temporal_workflow_metadata';
    const { currentDetails } = await ticket.handle.query<{ currentDetails: string }>(name);
    expect(currentDetails).toContain('**pending**');
  });

  test('waits for a mail that is being sent', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave('hold');
    const message = await ticket.reply();
    const run = await runOf(ticket);
    for (let round = 0; round < EVENTS_MAX; round += 1) await ticket.settled();
    expect(await runOf(ticket)).toBe(run);
    desk.sink.behave('accept');
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    await untilContinued(ticket);
    expect(desk.sink.mails.filter(({ headers }) => headers.messageId?.includes(message))).toEqual([
      expect.objectContaining({ to: ['eleanor@brightmail.test'] }),
    ]);
  });
});

describe('the id of a command', () => {
  test('makes it happen once, in a later run too', async () => {
    const ticket = await openTicket(desk);
    const id = 'a key of bo';
    const first = await ticket.command('release', { id, by: desk.bo });
    await untilContinued(ticket);
    await ticket.command('claim', { agent: desk.anna, by: desk.anna });
    const again = await ticket.command('release', { id, by: desk.bo });
    expect(again.events).toEqual(first.events);
    expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.anna });
  });

  test('refuses an update that asks for something else with it', async () => {
    const ticket = await openTicket(desk);
    const id = 'another key of bo';
    await ticket.command('release', { id, by: desk.bo });
    await untilContinued(ticket);
    const refusal = await ticket.refusal('claim', { id, agent: desk.bo, by: desk.bo });
    expect(refusal.code).toBe('idempotency_mismatch');
  });

  test('of a hand-made signal that asks for something else is another one', async () => {
    const ticket = await openTicket(desk);
    await ticket.signal('assign', { id: 'mine', agent: desk.anna });
    await ticket.signal('assign', { id: 'mine', agent: desk.bo });
    await ticket.signal('assign', { id: 'mine', agent: desk.anna });
    await ticket.signal('assign', { id: 'mine', agent: desk.bo });
    await ticket.settled();
    const owners = (await ticket.events()).flatMap((event) =>
      event.type === 'assigned' ? [event.agent] : [],
    );
    expect(owners).toEqual([desk.anna, desk.bo]);
  });

  test('of two equal hand-made signals without one is not the same', async () => {
    const ticket = await newTicket(desk);
    for (let round = 0; round < 2; round += 1) {
      await ticket.signal('claim', { agent: desk.bo });
      await ticket.signal('release', {});
    }
    await ticket.settled();
    const types = (await ticket.types()).slice(2);
    expect(types).toEqual(['claimed', 'released', 'claimed', 'released']);
  });
});

/** Rows straight into the log, as a ticket that many machines write to gets them in years. */
async function growLog(ticket: OneTicket, events: number): Promise<void> {
  const { company } = desk;
  await desk.in((trx) =>
    trx.raw(
      `insert into ticket_event
         (company, ticket, seq, at, actor, command, command_hash, type, data)
       select ?, ?, 100 + g, now(), '{"kind":"desk"}', 'grown-' || g, 'hash', 'noted',
         '{"type":"noted","note":"one of many"}'
       from generate_series(1, ?::int) g`,
      [company, ticket.number, events],
    ),
  );
  // An older program folded its row: the state has to come from the log.
  await desk.in((trx) =>
    trx('ticket').where({ company, number: ticket.number }).update({ state_version: 0 }),
  );
}

test('a ticket with 20,000 events is loaded and continued as new, its history small', async () => {
  const ticket = await openTicket(desk);
  await growLog(ticket, 20_000);
  const { seq } = await ticket.command('pend', { until: inHours(1), by: desk.bo });
  expect(seq).toBe(20_101);
  expect(await ticket.state()).toMatchObject({ seq, state: 'pending', owner: desk.bo });
  await untilContinued(ticket);
  expect(await ticket.state()).toMatchObject({ seq, state: 'pending', owner: desk.bo });
  const bytes = JSON.stringify(await historyOf(ticket)).length;
  expect(bytes).toBeLessThan(50_000);
});
