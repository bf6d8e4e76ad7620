import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandArgument } from '../../workflows/messages.ts';
import { insertRating } from '../../database/queries/ratings.ts';
import type { OutsideCommand } from '../../domain/ticket/commands.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { arrivalOf } from './letter.ts';
import { inHours, inSeconds, openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { forCustomers } from './smtp-sink.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk({ reopenWindowMs: 1_000 });
  const { company } = desk;
  await desk.in((trx) => trx('label').insert({ company, id: 'vip', name: 'VIP' }));
});
afterAll(() => desk.stop());

/** A ticket that Bo answered and solved, after its reopen window; its answer's id comes with it. */
async function closedTicket(): Promise<{ ticket: OneTicket; message: string }> {
  const ticket = await openTicket(desk);
  desk.sink.behave(forCustomers('break-after-data'));
  const message = await ticket.reply();
  await ticket.event('delivery');
  desk.sink.behave('accept');
  await ticket.command('solve', { summary: false, by: desk.bo });
  await ticket.event('closed');
  await ended(ticket);
  return { ticket, message };
}

/** Resolves when the newest run of the ticket's workflow has ended well. */
async function ended(ticket: OneTicket): Promise<void> {
  await desk.client.workflow.getHandle(ticket.handle.workflowId).result();
  expect((await ticket.handle.describe()).status.name).toBe('COMPLETED');
}

async function closedIn(ticket: OneTicket): Promise<boolean> {
  const key = { company: desk.company, number: ticket.number };
  const row = await desk.in((trx) => trx('ticket').where(key).first('closed'));
  return row.closed;
}

describe('a closed ticket', () => {
  test('has been solved and has ended, at the end of the reopen window', async () => {
    const { ticket } = await closedTicket();
    const [solved, closed] = (await ticket.events()).slice(-2);
    expect([solved?.type, closed?.type]).toEqual(['solved', 'closed']);
    expect(Date.parse(closed?.at ?? '') - Date.parse(solved?.at ?? '')).toBeGreaterThan(-1);
    expect(closed?.by).toEqual({ kind: 'timer' });
    expect(await closedIn(ticket)).toBe(true);
  });

  test('takes what the customer never sees, and its run ends again each time', async () => {
    const { ticket, message } = await closedTicket();
    const { company, bo } = desk;
    const [note, subject] = [`note-${ticket.number}`, `subject-${ticket.number}-2`];
    await desk.in(async (trx) => {
      await trx('note').insert({ company, id: note, ticket: ticket.number, agent: bo, text: 'x' });
      await insertRating(trx, { id: note, ticket: ticket.number, score: 'good', comment: '' });
      await trx('ticket_text').insert({ company, id: subject, ticket: ticket.number, text: 'y' });
    });
    const quiet: [OutsideCommand, CommandArgument, string][] = [
      ['label', { label: 'vip' }, 'labelled'],
      ['unlabel', { label: 'vip' }, 'unlabelled'],
      ['note', { note }, 'noted'],
      ['rename', { subject }, 'renamed'],
      ['rate', { rating: note }, 'rated'],
      ['delivery', { message, outcome: 'bounced' }, 'delivery'],
    ];
    for (const [name, argument, type] of quiet) {
      const { events } = await ticket.command(name, { ...argument, by: bo });
      expect(events[0]?.type).toBe(type);
      await ended(ticket);
    }
    await ticket.command('resend', { message, by: bo });
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    await ended(ticket);
    expect(await closedIn(ticket)).toBe(true);
  });

  test.each<[OutsideCommand, CommandArgument]>([
    ['claim', { agent: 'somebody' }],
    ['solve', { summary: false }],
    ['pend', { until: inHours(1) }],
  ])('refuses %s, and its run ends again', async (name, argument) => {
    const { ticket } = await closedTicket();
    const refusal = await ticket.refusal(name, { ...argument, by: desk.bo });
    expect(refusal.code).toBe('not_allowed');
    await ended(ticket);
  });

  test("is reopened by an agent's answer, and lives on with its timers", async () => {
    const { ticket } = await closedTicket();
    await ticket.reply({ writer: desk.anna });
    expect(await ticket.event('reopened')).toMatchObject({ why: 'reply', owner: desk.anna });
    await ticket.command('pend', { until: inSeconds(1), by: desk.anna });
    await ticket.event('resumed', ({ why }) => why === 'callback');
    expect(await closedIn(ticket)).toBe(false);
  });

  test('is reopened by an agent who says so', async () => {
    const { ticket } = await closedTicket();
    await ticket.command('reopen', { agent: desk.bo, by: desk.anna });
    expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.bo, closed: false });
  });

  test('takes automatic mail quietly', async () => {
    const { ticket, message } = await closedTicket();
    const inReplyTo = `${message}@${desk.company}.test`;
    const into = await desk.write({ inReplyTo, headers: ['Auto-Submitted: auto-replied'] });
    expect(into).toBe(ticket.number);
    await ticket.event('received', ({ automatic }) => automatic);
    await ended(ticket);
    expect(await closedIn(ticket)).toBe(true);
  });
});

describe('a customer who writes to a closed ticket', () => {
  test('begins a new one that follows it up, linked both ways', async () => {
    const { ticket, message } = await closedTicket();
    const next = await desk.write({ inReplyTo: `${message}@${desk.company}.test` });
    expect(next).not.toBe(ticket.number);
    const created = await desk.event(next, 'created');
    expect(created.followUpOf).toBe(ticket.number);
    expect(await ticket.event('followedUp')).toMatchObject({ ticket: next });
    expect(await closedIn(ticket)).toBe(true);
  });

  test('in the moment of its closing does so once, linked both ways', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply();
    await ticket.event('delivery');
    await ticket.command('solve', { summary: false, by: desk.bo });
    const mail = await storedBeforeClosing(message);
    await ticket.event('closed');
    await ended(ticket);

    const key = { company: desk.company, number: ticket.number };
    await Promise.all([1, 2, 3].map(() => desk.workflows.receive(key, mail)));
    const followed = await ticket.event('followedUp');
    await ended(ticket);
    await sweepMail(desk.intake, 0);
    const created = await desk.event(followed.ticket, 'created');
    expect(created.followUpOf).toBe(ticket.number);
    await desk.event(followed.ticket, 'received');
    expect((await ticket.types()).filter((type) => type === 'followedUp')).toHaveLength(1);
    const [{ outcome }] = await desk.in((trx) => trx('mail').where({ id: mail }));
    expect(outcome).toBe('new_ticket');
  });

  /** A mail that is stored and parsed while its ticket is solved, and not handed over. */
  async function storedBeforeClosing(message: string): Promise<string> {
    const lost = () => Promise.reject(new Error('the process has ended'));
    const workflows = { ...desk.workflows, receive: lost };
    const intake = { ...desk.intake, workflows, handOvers: new HandOvers(desk.database) };
    const letter = { inReplyTo: `${message}@${desk.company}.test` };
    const [stored] = await takeMail(intake, arrivalOf(desk.company, letter));
    await intake.handOvers.drain();
    return stored?.row.id ?? '';
  }
});
