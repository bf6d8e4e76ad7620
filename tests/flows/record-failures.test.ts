import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allocateNumber } from '../../database/queries/ticket-log.ts';
import { attachParked } from '../../intake/parked.ts';
import { askUntil } from './ask-until.ts';
import { startBreakableWire } from './broken-wire.ts';
import type { BreakableWire } from './broken-wire.ts';
import { inHours, newTicket, openTicket, refusalOf, ticketOf } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** Statements of the role that owns the tables. */
async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: desk.place.databaseUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Makes the log of one ticket raise an error for events that fit. */
async function breakLog(ticket: number, when: string): Promise<() => Promise<void>> {
  const name = `break_log_${ticket}`;
  await asOwner(`
    create function ${name}() returns trigger language plpgsql as $$
      begin raise exception 'this is broken'; end $$;
    create trigger ${name} before insert on ticket_event for each row
      when (new.ticket = ${ticket} and (${when})) execute function ${name}()`);
  return () => asOwner(`drop trigger ${name} on ticket_event; drop function ${name}()`);
}

async function mailOf(messageId: string): Promise<{ id: string; outcome: string; reason: string }> {
  return desk.in((trx) =>
    trx('mail').where({ message_id: messageId }).first('id', 'outcome', 'reason'),
  );
}

function parkedMail(messageId: string) {
  return askUntil(async () => {
    const mail = await mailOf(messageId);
    return mail.outcome === 'parked' ? mail : undefined;
  });
}

describe('a command that always throws', () => {
  test('is recorded as rejected, and its caller is told; the next works', async () => {
    const ticket = await openTicket(desk);
    await breakLog(ticket.number, `new.type = 'released'`);
    const refusal = await ticket.refusal('release', { by: desk.bo });
    expect(refusal.code).toBe('internal');
    const rejected = await ticket.event('rejected');
    expect(rejected).toMatchObject({ name: 'release', code: 'internal' });
    expect(refusal.message).toContain(rejected.reason);
    await ticket.signal('release', {});
    await ticket.settled();
    await ticket.command('solve', { summary: false, by: desk.bo });
    expect(await ticket.types()).toEqual([
      'created',
      'received',
      'claimed',
      'rejected',
      'rejected',
      'solved',
    ]);
  });

  test('because its ticket cannot be read is refused, and harms nothing else', async () => {
    const ticket = await openTicket(desk);
    // Of today's version, so that it is believed; whatever is done with it throws.
    await desk.in((trx) => trx('ticket').where({ number: ticket.number }).update({ folded: '{}' }));
    expect((await ticket.refusal('release', { by: desk.bo })).code).toBe('internal');
    await (await openTicket(desk)).command('release', { by: desk.bo });
  });

  test('is done when asked for again with the same key and nothing is wrong now', async () => {
    const ticket = await openTicket(desk);
    const mend = await breakLog(ticket.number, `new.type = 'released'`);
    const asked = { by: desk.bo, id: `key-${ticket.number}` };
    expect((await ticket.refusal('release', asked)).code).toBe('internal');
    await mend();
    // Within a run Temporal itself answers a known id as before.
    await ticket.handle.terminate('a later run gets the same id');
    await desk.workflows.sync({ company: desk.company, number: ticket.number });
    const { events } = await ticket.command('release', asked);
    expect(events.map(({ type }) => type)).toEqual(['released']);
  });

  test('by a mail parks the mail, which an agent can attach once it is mended', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply();
    const mend = await breakLog(ticket.number, `new.type = 'received'`);
    const messageId = `broken-${ticket.number}@brightmail.test`;
    await desk.write({ inReplyTo: `${message}@${desk.company}.test`, messageId });
    const mail = await parkedMail(messageId);
    expect(mail.reason).toContain('could not be recorded');
    await ticket.command('pend', { until: inHours(1), by: desk.bo });
    await mend();
    await attachParked(desk.intake, desk.company, mail.id, ticket.number);
    await ticket.event('resumed', ({ why }) => why === 'customer');
    expect((await mailOf(messageId)).outcome).toBe('added');
  });

  test('even in being rejected blocks nothing: mail is parked, the next works', async () => {
    const ticket = await openTicket(desk);
    const message = await ticket.reply();
    await ticket.event('delivery');
    const mend = await breakLog(ticket.number, 'true');
    expect((await ticket.refusal('release', { by: desk.bo })).code).toBe('internal');
    const messageId = `poison-${ticket.number}@brightmail.test`;
    await desk.write({ inReplyTo: `${message}@${desk.company}.test`, messageId });
    await parkedMail(messageId);
    await mend();
    await ticket.command('release', { by: desk.bo });
    expect(await ticket.state()).toMatchObject({ state: 'new', owner: null });
  });

  test('by the first mail of a ticket parks it, and nothing is left running', async () => {
    const next = (await desk.in((trx) => allocateNumber(trx))) + 1;
    await breakLog(next, 'true');
    const messageId = `first-${next}@brightmail.test`;
    const ticket = ticketOf(desk, await desk.write({ messageId }));
    await parkedMail(messageId);
    await ticket.handle.result();
    expect((await refusalOf(ticket.command('claim', { agent: desk.bo }))).code).toBe('not_found');
  });
});

describe('while the database is away', () => {
  let wire: BreakableWire;
  let worker: { stop(): Promise<void> };
  let far: RunningDesk;
  beforeAll(async () => {
    far = await startRunningDesk({ worker: false });
    wire = await startBreakableWire(far.place.databaseUrl);
    worker = await far.startWorker({}, { ...far.place, databaseUrl: wire.url });
  });
  afterAll(async () => {
    await worker.stop();
    await wire.stop();
    await far.stop();
  });

  test('commands wait, and then go through in their order', async () => {
    const ticket = await newTicket(far);
    wire.cut();
    await ticket.signal('claim', { agent: far.bo, by: far.bo });
    await ticket.signal('pend', { until: inHours(1), by: far.bo });
    await ticket.signal('resume', {});
    const solve = ticket.command('solve', { summary: false, by: far.bo });
    wire.mend();
    expect((await solve).events).toMatchObject([{ type: 'solved' }]);
    expect(await ticket.types()).toEqual([
      'created',
      'received',
      'claimed',
      'pended',
      'resumed',
      'solved',
    ]);
  });

  test('a connection that breaks in the middle of the record step changes nothing', async () => {
    const ticket = await newTicket(far);
    for (let round = 0; round < 5; round += 1) {
      const claim = ticket.command(round % 2 === 0 ? 'claim' : 'release', {
        agent: far.bo,
        by: far.bo,
      });
      wire.cut();
      wire.mend();
      await claim;
    }
    expect(await ticket.types()).toEqual([
      'created',
      'received',
      'claimed',
      'released',
      'claimed',
      'released',
      'claimed',
    ]);
  });
});
