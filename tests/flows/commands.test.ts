import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutsideCommand } from '../../domain/ticket/commands.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import type { CommandArgument } from '../../workflows/messages.ts';
import { inHours, newTicket, openTicket, ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
  const { company } = desk;
  await desk.in((trx) => trx('label').insert({ company, id: 'vip', name: 'VIP' }));
});
afterAll(() => desk.stop());

interface Step {
  name: OutsideCommand;
  argument: CommandArgument;
  /** The first event that it leads to. */
  leadsTo: TicketEvent['type'];
}

/** A walk through every command of the contract, with just the fields that it names. */
async function contractSteps(ticket: OneTicket): Promise<Step[]> {
  const { anna, bo, billing, company } = desk;
  const subject = `renamed-${ticket.number}`;
  const note = `note-${ticket.number}`;
  await desk.in(async (trx) => {
    await trx('ticket_text').insert({ company, id: subject, ticket: ticket.number, text: 'New' });
    await trx('note').insert({ company, id: note, ticket: ticket.number, agent: bo, text: 'Call' });
  });
  const later = await ticket.draft({ sendAt: inHours(1) });
  const answer = await ticket.draft();
  return [
    { name: 'claim', argument: { agent: bo }, leadsTo: 'claimed' },
    { name: 'claim', argument: { agent: anna, takeover: true }, leadsTo: 'claimed' },
    { name: 'assign', argument: { agent: bo }, leadsTo: 'assigned' },
    { name: 'invite', argument: { agent: anna }, leadsTo: 'invited' },
    { name: 'uninvite', argument: { agent: anna }, leadsTo: 'uninvited' },
    { name: 'changeTeam', argument: { team: billing }, leadsTo: 'teamChanged' },
    { name: 'label', argument: { label: 'vip' }, leadsTo: 'labelled' },
    { name: 'unlabel', argument: { label: 'vip' }, leadsTo: 'unlabelled' },
    { name: 'note', argument: { note }, leadsTo: 'noted' },
    { name: 'rename', argument: { subject }, leadsTo: 'renamed' },
    { name: 'reply', argument: { message: later }, leadsTo: 'queued' },
    { name: 'moveSend', argument: { message: later, at: inHours(2) }, leadsTo: 'sendMoved' },
    { name: 'cancelSend', argument: { message: later }, leadsTo: 'sendCancelled' },
    { name: 'pend', argument: { until: inHours(1), reason: 'the supplier' }, leadsTo: 'pended' },
    { name: 'resume', argument: {}, leadsTo: 'resumed' },
    { name: 'autoSolve', argument: { at: inHours(1) }, leadsTo: 'autoSolveSet' },
    { name: 'autoSolve', argument: { at: null }, leadsTo: 'autoSolveCancelled' },
    { name: 'reply', argument: { message: answer }, leadsTo: 'queued' },
    { name: 'release', argument: {}, leadsTo: 'released' },
    { name: 'assign', argument: { agent: bo }, leadsTo: 'assigned' },
    { name: 'solve', argument: { summary: false }, leadsTo: 'solved' },
    { name: 'reopen', argument: { agent: anna }, leadsTo: 'reopened' },
  ];
}

describe('the commands of the contract', () => {
  test('work as signals by name, without id and by, as operations people type them', async () => {
    const ticket = await newTicket(desk);
    for (const { name, argument, leadsTo } of await contractSteps(ticket)) {
      const known = (await ticket.events()).length;
      await ticket.signal(name, { ...argument, somethingUnknown: 1 });
      const made = await ticket.event(leadsTo, (event) => event.seq > known);
      const by = name === 'reply' ? { kind: 'agent', id: desk.bo } : { kind: 'operations' };
      expect({ name, by: made.by }).toEqual({ name, by });
    }
    expect(await ticket.types()).not.toContain('rejected');
  });

  test('work as updates by name, and answer with the events that they led to', async () => {
    const ticket = await newTicket(desk);
    for (const { name, argument, leadsTo } of await contractSteps(ticket)) {
      const answer = await ticket.command(name, { ...argument, by: desk.anna });
      expect({ name, type: answer.events[0]?.type }).toEqual({ name, type: leadsTo });
      expect(answer.events[0]?.by).toEqual({ kind: 'agent', id: desk.anna });
      expect(answer.seq).toBeGreaterThanOrEqual(answer.events.at(-1)?.seq ?? Infinity);
    }
  });

  test('receive, delivery, resend and sync work by hand', async () => {
    const ticket = await openTicket(desk);
    desk.sink.behave('break-after-data');
    const message = await ticket.reply();
    await ticket.event('delivery', ({ outcome }) => outcome === 'uncertain');
    desk.sink.behave('accept');

    const elsewhere = { message, to: 'nobody-kept-this' };
    expect(await ticket.refusal('resend', elsewhere)).toMatchObject({ code: 'not_found' });
    await ticket.signal('resend', elsewhere);
    await ticket.event('rejected', ({ name, code }) => name === 'resend' && code === 'not_found');

    await ticket.signal('resend', { message });
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    await ticket.signal('delivery', { message, outcome: 'bounced' });
    await ticket.event('delivery', ({ outcome }) => outcome === 'bounced');
    await ticket.signal('delivery', { message, outcome: 'arrived' });
    await ticket.event('delivery', ({ outcome }) => outcome === 'arrived');

    // What the bounce was told to its writer by leaves too, in its own time.
    const told = await ticket.event('queued', ({ kind }) => kind === 'reminder');
    await ticket.event('delivery', (event) => event.message === told.message);

    const [received] = (await ticket.events()).filter((event) => event.type === 'received');
    const known = await ticket.types();
    await ticket.signal('receive', { mail: received?.mail });
    await ticket.signal('sync', {});
    await ticket.settled();
    expect(await ticket.types()).toEqual(known);
  });
});

describe('a refusal', () => {
  const refused: [string, OutsideCommand, () => CommandArgument, object][] = [
    ['a claimed ticket', 'claim', () => ({ agent: desk.anna }), { code: 'already_claimed' }],
    ['an unknown agent', 'assign', () => ({ agent: 'nobody' }), { code: 'not_found' }],
    [
      'a date in the past',
      'pend',
      () => ({ until: '2020-01-01T00:00:00Z' }),
      { code: 'date_in_past' },
    ],
    ['a state that does not allow it', 'resume', () => ({}), { code: 'not_allowed' }],
    ['a missing field', 'invite', () => ({}), { code: 'validation' }],
    ['an unknown message', 'cancelSend', () => ({ message: 'x' }), { code: 'not_found' }],
  ];

  test.each(refused)('because of %s (%s) reaches its caller', async (_, name, given, code) => {
    const ticket = await openTicket(desk);
    const before = await ticket.events();
    expect(await ticket.refusal(name, { ...given(), by: desk.bo })).toMatchObject(code);
    expect(await ticket.events()).toEqual(before);
  });

  test('carries its facts: who owns the ticket, which states allow it', async () => {
    const ticket = await openTicket(desk);
    const claimed = await ticket.refusal('claim', { agent: desk.anna, by: desk.anna });
    expect(claimed.details).toEqual({ owner: desk.bo });
    const notPending = await ticket.refusal('resume', { by: desk.bo });
    expect(notPending.details).toEqual({ state: 'open', allowed: ['pending'] });
  });

  test('of an unknown ticket says so, and leaves no workflow behind', async () => {
    const nowhere = ticketOf(desk, 4_711);
    expect((await nowhere.refusal('claim', { agent: desk.bo })).code).toBe('not_found');
    expect((await nowhere.handle.describe()).status.name).toBe('COMPLETED');
  });

  test('of a malformed update of an unknown ticket leaves no workflow behind either', async () => {
    const nowhere = ticketOf(desk, 4_712);
    expect((await nowhere.refusal('claim', {})).code).toBe('validation');
    await nowhere.handle.result();
    expect((await nowhere.handle.describe()).status.name).toBe('COMPLETED');
  });
});

describe('commands at once', () => {
  test('two agents claim: exactly one wins, and the other learns who', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ticket = await newTicket(desk);
      const agents = [desk.anna, desk.bo];
      const claims = agents.map((agent) => ticket.command('claim', { agent, by: agent }));
      const settled = await Promise.allSettled(claims);
      const winners = agents.filter((_, index) => settled[index]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      const lost = settled.find((claim) => claim.status === 'rejected');
      expect(lost?.reason.refusal).toMatchObject({
        code: 'already_claimed',
        details: { owner: winners[0] },
      });
      expect((await ticket.types()).filter((type) => type === 'claimed')).toHaveLength(1);
    }
  });

  test('forty of them are recorded one after the other, each once', async () => {
    const ticket = await openTicket(desk);
    const { company } = desk;
    const labels = Array.from({ length: 40 }, (_, index) => `label-${index}`);
    await desk.in((trx) =>
      trx('label').insert(labels.map((id) => ({ company, id, name: `Label ${id}` }))),
    );
    await Promise.all(
      labels.map((label, index) =>
        index % 2 === 0
          ? ticket.signal('label', { label })
          : ticket.command('label', { label, by: desk.bo }),
      ),
    );
    await ticket.settled();
    const events = await ticket.events();
    const labelled = events.filter((event) => event.type === 'labelled');
    expect(labelled.map(({ label }) => label).sort()).toEqual(labels.sort());
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  test('signals that wait for a worker are taken in the order of their sending', async () => {
    const idle = await startRunningDesk({ worker: false });
    const ticket = ticketOf(idle, await idle.write({}));
    await idle.intake.handOvers.drain();
    await ticket.signal('solve', { summary: false, by: idle.bo });
    await ticket.signal('reopen', { agent: idle.anna });
    await ticket.signal('pend', { until: inHours(1), by: idle.bo });
    await ticket.signal('assign', { agent: idle.bo, by: idle.bo });
    await ticket.signal('resume', {});
    await idle.startWorker();
    await ticket.settled();
    expect(await ticket.types()).toEqual([
      'created',
      'received',
      'claimed',
      'solved',
      'reopened',
      'pended',
      'assigned',
      'resumed',
    ]);
    await idle.stop();
  });
});
