import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inHours, inSeconds, newTicket, openTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { countKinds, historyOf, textsOf } from './ticket-history.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** What a piece of work adds to a ticket's history. */
async function costOf(ticket: OneTicket, work: () => Promise<unknown>) {
  await settledHistory(ticket);
  const before = await historyOf(ticket);
  await work();
  const after = await settledHistory(ticket);
  return countKinds(after.slice(before.length));
}

/** The history once no workflow task is under way: its completion comes after the answer. */
async function settledHistory(ticket: OneTicket) {
  for (;;) {
    const events = await historyOf(ticket);
    const { workflowTaskScheduled = 0, workflowTaskCompleted = 0 } = countKinds(events);
    if (workflowTaskScheduled > 0 && workflowTaskScheduled === workflowTaskCompleted) return events;
  }
}

const oneTask = { workflowTaskScheduled: 1, workflowTaskStarted: 1, workflowTaskCompleted: 1 };
const oneUpdate = { workflowExecutionUpdateAccepted: 1, workflowExecutionUpdateCompleted: 1 };

describe('one command is one workflow task and one local activity', () => {
  test('for a new ticket, whose search attributes come with the start', async () => {
    const ticket = await newTicket(desk);
    expect(countKinds(await settledHistory(ticket))).toEqual({
      ...oneTask,
      workflowExecutionStarted: 1,
      workflowExecutionSignaled: 1,
      markerRecorded: 1,
    });
  });

  test('for an update that changes nothing that can be searched for', async () => {
    const ticket = await openTicket(desk);
    const { company } = desk;
    await desk.in((trx) => trx('label').insert({ company, id: 'vip', name: 'VIP' }));
    const cost = await costOf(ticket, () => ticket.command('label', { label: 'vip', by: desk.bo }));
    expect(cost).toEqual({ ...oneTask, ...oneUpdate, markerRecorded: 1 });
  });

  test('for an update, with one upsert of all that changed', async () => {
    const ticket = await newTicket(desk);
    const cost = await costOf(ticket, () =>
      ticket.command('pend', { until: inHours(1), by: desk.bo }),
    );
    expect(cost).toEqual({
      ...oneTask,
      ...oneUpdate,
      markerRecorded: 1,
      timerStarted: 1,
      upsertWorkflowSearchAttributes: 1,
    });
    const history = await historyOf(ticket);
    const [upsert] = history.flatMap((event) => {
      const { upsertWorkflowSearchAttributesEventAttributes: attributes } = event;
      return attributes ? [Object.keys(attributes.searchAttributes?.indexedFields ?? {})] : [];
    });
    expect(upsert?.sort()).toEqual(['CallbackAt', 'TicketOwner', 'TicketState']);
  });

  test('for a signal', async () => {
    const ticket = await openTicket(desk);
    const cost = await costOf(ticket, async () => {
      await ticket.signal('rename', { subject: `subject-${ticket.number}` });
      await ticket.signal('invite', { agent: 'nobody' });
      await ticket.event('rejected');
    });
    expect(cost['markerRecorded']).toBe(2);
    expect(cost['workflowTaskScheduled']).toBeLessThanOrEqual(2);
    expect(cost['workflowExecutionSignaled']).toBe(2);
  });

  test('for a timer that fires', async () => {
    const ticket = await openTicket(desk);
    await ticket.command('autoSolve', { at: inSeconds(1), by: desk.bo });
    const cost = await costOf(ticket, () => ticket.event('solved'));
    expect(cost).toMatchObject({ ...oneTask, timerFired: 1, markerRecorded: 1 });
  });

  test('for a refused update: nothing at all when its state says no at the door', async () => {
    const ticket = await openTicket(desk);
    const cost = await costOf(ticket, () => ticket.refusal('claim', { agent: 5 }));
    expect(cost).toEqual({});
  });
});

describe('what Temporal is told', () => {
  const personal = [
    'eleanor',
    'hughes',
    'brightmail',
    'cracked',
    'shade',
    'crack',
    'supplier',
    'berg',
    'lindqvist',
    'bo@',
    'anna@',
    '203.0.113.84',
    'a new shade leaves',
    'she sounds upset',
  ];

  test('holds no address, name, subject, body, note or reason of a whole life', async () => {
    const { company, bo, anna } = desk;
    const ticket = await newTicket(desk);
    const id = (name: string) => `${name}-of-${ticket.number}`;
    await desk.in(async (trx) => {
      await trx('ticket_text').insert([
        { company, id: id('reason'), ticket: ticket.number, text: 'The supplier calls Eleanor' },
        { company, id: id('subject'), ticket: ticket.number, text: 'A cracked lamp of Eleanor' },
      ]);
      const note = { id: id('note'), text: 'She sounds upset', mentions: [anna] };
      await trx('note').insert({ company, ticket: ticket.number, agent: bo, ...note });
    });
    await ticket.reply();
    await ticket.command('note', { note: id('note'), by: bo });
    await ticket.command('rename', { subject: id('subject'), by: bo });
    await ticket.command('invite', { agent: anna, by: bo });
    await ticket.command('pend', { until: inSeconds(1), reason: id('reason'), by: bo });
    await ticket.event('resumed');
    desk.sink.behave('refuse');
    const refused = await ticket.reply();
    await ticket.event('delivery', (event) => event.message === refused);
    desk.sink.behave('accept');
    await ticket.command('resend', { message: refused, by: bo });
    await ticket.command('solve', { summary: true, by: bo });
    await desk.write({ inReplyTo: `${refused}@${company}.test` });
    await ticket.event('reopened');
    // The customer's id holds the name that it is recognised by in these tests.
    const texts = textsOf(await settledHistory(ticket)).replaceAll(desk.customer, 'an id');
    expect(texts).toContain(bo);
    expect(personal.filter((word) => texts.toLowerCase().includes(word))).toEqual([]);
  });

  test('is readable in the Temporal UI: current details of ids, states and dates', async () => {
    const ticket = await openTicket(desk);
    const until = inHours(1);
    await ticket.command('pend', { until, by: desk.bo });
    const metadata = await ticket.handle.query<{ currentDetails: string }>(
      '__temporal_workflow_metadata',
    );
    expect(metadata.currentDetails).toContain(`**Ticket ${ticket.number}** is **pending**`);
    expect(metadata.currentDetails).toContain(`owner: ${desk.bo}`);
    expect(metadata.currentDetails).toContain(`returns to open at ${until}`);
  });

  test('can be searched: state, team, owner, number and the dates of its timers', async () => {
    const ticket = await openTicket(desk);
    const [callbackAt, autoSolveAt] = [inHours(1), inHours(2)];
    await ticket.command('changeTeam', { team: desk.billing, by: desk.bo });
    await ticket.command('pend', { until: callbackAt, by: desk.bo });
    await ticket.command('autoSolve', { at: autoSolveAt, by: desk.bo });
    await ticket.settled();
    expect(await searchAttributesOf(ticket)).toMatchObject({
      TicketState: 'pending',
      TicketTeam: desk.billing,
      TicketOwner: desk.bo,
      TicketNumber: ticket.number,
      CallbackAt: callbackAt,
      AutoSolveAt: autoSolveAt,
    });
    await ticket.command('release', { by: desk.bo });
    await ticket.settled();
    const released = { TicketState: 'new', TicketOwner: null, CallbackAt: null };
    expect(await searchAttributesOf(ticket)).toMatchObject(released);
  });
});

/** As the server keeps them: the client reads an attribute that was taken away as a date. */
async function searchAttributesOf(ticket: OneTicket): Promise<{ [name: string]: unknown }> {
  const { raw } = await ticket.handle.describe();
  const fields = raw.workflowExecutionInfo?.searchAttributes?.indexedFields ?? {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, { data }]) => {
      const value: unknown = JSON.parse(Buffer.from(data ?? []).toString());
      return [name, name.endsWith('At') && value !== null ? isoDate(value) : value];
    }),
  );
}

function isoDate(value: unknown): string {
  return new Date(String(value)).toISOString();
}

test('a ticket that is looked at again and again costs its history nothing', async () => {
  const ticket = await openTicket(desk);
  const cost = await costOf(ticket, async () => {
    for (let look = 0; look < 5; look += 1) await ticket.state();
  });
  expect(cost).toEqual({});
});
