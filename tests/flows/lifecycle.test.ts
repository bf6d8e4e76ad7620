import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allocateNumber } from '../../database/queries/ticket-log.ts';
import { newId } from '../../database/new-id.ts';
import { inHours, inSeconds, newTicket, openTicket, ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** Who is reminded of what in the console. */
async function reminders(ticket: OneTicket): Promise<{ agent: string; kind: string }[]> {
  return desk.in((trx) =>
    trx('reminder')
      .where({ company: desk.company, ticket: ticket.number })
      .orderBy('at')
      .select('agent', 'kind'),
  );
}

/** Resolves when a reminder of this ticket has reached an agent's mailbox. */
async function remindedByMail(ticket: OneTicket, agent: 'anna' | 'bo'): Promise<void> {
  const link = `http://desk.test/tickets/${ticket.number}`;
  await desk.sink.next(
    ({ to, raw }) => to.includes(`${agent}@${desk.company}.test`) && raw.includes(link),
  );
}

describe('a callback', () => {
  test('opens the ticket and reminds who set it and the owner, by mail too', async () => {
    const ticket = await openTicket(desk);
    const until = inSeconds(1);
    await ticket.command('pend', { until, by: desk.anna });
    const resumed = await ticket.event('resumed');
    expect(resumed).toMatchObject({ why: 'callback', due: until, by: { kind: 'timer' } });
    expect(await reminders(ticket)).toEqual([
      { agent: desk.anna, kind: 'callback' },
      { agent: desk.bo, kind: 'callback' },
    ]);
    await Promise.all([remindedByMail(ticket, 'anna'), remindedByMail(ticket, 'bo')]);
  });

  test('that is moved fires at the new date, once', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inSeconds(1), by: desk.bo });
    const later = inSeconds(3);
    await ticket.command('pend', { until: later, by: desk.bo });
    const resumed = await ticket.event('resumed');
    expect(resumed.due).toBe(later);
    await ticket.settled();
    expect((await ticket.types()).filter((type) => type === 'resumed')).toHaveLength(1);
  });

  test('set on a new ticket claims it; its reason may be typed as words', async () => {
    const ticket = await newTicket(desk);
    await ticket.signal('pend', { until: inHours(1), reason: 'the supplier calls', by: desk.bo });
    const pended = await ticket.event('pended');
    expect((await ticket.types()).slice(2)).toEqual(['claimed', 'pended']);
    const text = await desk.in((trx) => trx('ticket_text').where({ id: pended.reason }).first());
    expect(text).toMatchObject({ text: 'the supplier calls', ticket: ticket.number });
  });

  test('is cancelled by releasing: nobody is left to remind', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inSeconds(1), by: desk.bo });
    await ticket.command('release', { by: desk.bo });
    await ticket.command('autoSolve', { at: inSeconds(2), by: desk.bo });
    await ticket.event('solved');
    expect(await ticket.types()).not.toContain('resumed');
  });
});

describe('an auto-solve', () => {
  test('can be moved and cleared', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('autoSolve', { at: inSeconds(1), by: desk.bo });
    await ticket.command('autoSolve', { at: null, by: desk.bo });
    const at = inSeconds(3);
    await ticket.command('autoSolve', { at, by: desk.bo });
    const solved = await ticket.event('solved');
    expect(Date.parse(solved.at)).toBeGreaterThanOrEqual(Date.parse(at) - 1_000);
    expect(solved).toMatchObject({ kind: 'auto', agent: null, summary: false });
  });

  test('fires on a pending ticket and takes its callback back', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inSeconds(3), by: desk.bo });
    await ticket.command('autoSolve', { at: inSeconds(1), by: desk.bo });
    await ticket.event('solved');
    expect(await ticket.event('callbackCancelled')).toMatchObject({ why: 'solved' });
    expect(await ticket.state()).toMatchObject({ state: 'solved', callback: null });
  });

  test('whose date is in the past is refused, and one that is set stays', async () => {
    const ticket = await openTicket(desk);
    const at = inHours(1);
    await ticket.command('autoSolve', { at, by: desk.bo });
    const refusal = await ticket.refusal('autoSolve', { at: '2020-01-01', by: desk.bo });
    expect(refusal.code).toBe('date_in_past');
    expect(await ticket.state()).toMatchObject({ autoSolve: { at } });
  });
});

describe('a customer who writes', () => {
  test('opens a pending ticket, cancels both timers and reminds by mail', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('pend', { until: inHours(1), by: desk.anna });
    await ticket.command('autoSolve', { at: inHours(2), by: desk.anna });
    await ticket.customerWrites();
    await ticket.event('resumed', ({ why }) => why === 'customer');
    await ticket.settled();
    const none = { callback: null, autoSolve: null };
    expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.bo, ...none });
    expect(new Set((await reminders(ticket)).map(({ agent }) => agent))).toEqual(
      new Set([desk.anna, desk.bo]),
    );
    await remindedByMail(ticket, 'bo');
  });

  test('reopens a solved ticket for its owner, or for nobody when that one is gone', async () => {
    const kept = await openTicket(desk);
    const left = await openTicket(desk);
    const { company } = desk;
    const id = newId();
    const agent = { company, id, name: 'Ida', email: `ida@${company}.test`, role: 'agent' };
    await desk.in((trx) => trx('agent').insert(agent));
    await left.command('assign', { agent: id, by: desk.bo });
    for (const ticket of [kept, left]) {
      await ticket.command('solve', { summary: false, by: desk.bo });
    }
    await desk.in((trx) => trx('agent').where({ id }).update({ active: false }));
    await Promise.all([kept.customerWrites(), left.customerWrites()]);
    expect(await kept.event('reopened')).toMatchObject({ why: 'customer', owner: desk.bo });
    expect(await left.event('reopened')).toMatchObject({ why: 'customer', owner: null });
    expect(await left.state()).toMatchObject({ state: 'new', owner: null, close: null });
  });

  test('waits from the first mail that nobody has answered', async () => {
    const ticket = await openTicket(desk);
    const first = await ticket.event('received');
    await ticket.customerWrites();
    await ticket.event('received', ({ seq }) => seq > first.seq);
    await ticket.settled();
    expect(await ticket.state()).toMatchObject({ waitingSince: first.at });
    const row = await desk.in((trx) => trx('ticket').where({ number: ticket.number }).first());
    expect(row.waiting_since).toBe(first.at);
  });
});

describe('who works on a ticket', () => {
  test('an invited agent is reminded by mail, a mentioned one too', async () => {
    const [invited, mentioned] = [await openTicket(desk), await openTicket(desk)];
    await invited.command('invite', { agent: desk.anna, by: desk.bo });
    const { company, bo, anna } = desk;
    const note = { company, id: newId(), ticket: mentioned.number, agent: bo, text: '@Anna?' };
    await desk.in((trx) => trx('note').insert({ ...note, mentions: [anna] }));
    await mentioned.command('note', { note: note.id, by: bo });
    expect(await reminders(invited)).toEqual([{ agent: anna, kind: 'invited' }]);
    expect(await reminders(mentioned)).toEqual([{ agent: anna, kind: 'mentioned' }]);
    await Promise.all([remindedByMail(invited, 'anna'), remindedByMail(mentioned, 'anna')]);
  });

  test('a team that its owner is not in makes it new there, another does not', async () => {
    const annas = await newTicket(desk);
    await annas.command('claim', { agent: desk.anna, by: desk.anna });
    const bos = await openTicket(desk);
    for (const ticket of [annas, bos]) {
      await ticket.command('changeTeam', { team: desk.billing, by: desk.bo });
    }
    const team = desk.billing;
    expect(await annas.state()).toMatchObject({ state: 'new', owner: null, team });
    expect(await bos.state()).toMatchObject({ state: 'open', owner: desk.bo, team });
  });

  test('a deactivated agent can neither act nor be given anything', async () => {
    const ticket = await openTicket(desk);
    const { company } = desk;
    const agent = { company, id: newId(), name: 'Eve', email: `eve@${company}.test` };
    await desk.in((trx) => trx('agent').insert({ ...agent, role: 'agent', active: false }));
    const acting = await ticket.refusal('release', { by: agent.id });
    const given = await ticket.refusal('assign', { agent: agent.id, by: desk.bo });
    expect([acting.code, given.code]).toEqual(['agent_inactive', 'agent_inactive']);
  });
});

describe('an agent who writes first', () => {
  test('makes an open ticket, whose mail leaves and whose answers come back', async () => {
    const { company, bo } = desk;
    const number = await desk.in((trx) => allocateNumber(trx));
    const ticket = ticketOf(desk, number);
    const id = `subject-${number}`;
    await desk.in((trx) => trx('ticket_text').insert({ company, id, ticket: number, text: 'Hi' }));
    const message = await ticket.draft({ kind: 'compose', subject: 'Hi' });
    const { events } = await ticket.command('compose', { message, by: bo });
    expect(events.map(({ type }) => type)).toEqual([
      'created',
      'composed',
      'queued',
      'sendStarted',
    ]);
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    expect(await desk.write({ inReplyTo: `${message}@${company}.test` })).toBe(number);
    await ticket.event('received');
    const again = await ticket.refusal('compose', { message, by: bo });
    expect(again.code).toBe('not_allowed');
  });

  test('on a new ticket claims it, on a solved one reopens it', async () => {
    const ticket = await newTicket(desk);
    await ticket.reply();
    await ticket.command('solve', { summary: false, by: desk.bo });
    await ticket.reply({ writer: desk.anna });
    expect((await ticket.types()).filter((type) => /claimed|reopened/.test(type))).toEqual([
      'claimed',
      'reopened',
    ]);
    expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.anna, close: null });
  });

  test('without having seen the newest mail is stopped, and told what is new', async () => {
    const ticket = await openTicket(desk);
    await ticket.customerWrites();
    const news = await ticket.event('received', ({ seq }) => seq > 2);
    const message = await ticket.draft({ seen: 2 });
    const refusal = await ticket.refusal('reply', { message, by: desk.bo });
    expect(refusal).toMatchObject({ code: 'news', details: { items: [String(news.seq)] } });
    expect((await ticket.types()).at(-1)).not.toBe('queued');
  });
});
