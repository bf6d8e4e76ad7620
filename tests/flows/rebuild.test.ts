import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rebuildProjection } from '../../database/rebuild.ts';
import { RefusedError } from '../../domain/errors.ts';
import { liveManyLives } from './many-lives.ts';
import { composedTicket, inHours } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

/** A mail after the other and a timer after the other, beside the files of races. */
vi.setConfig({ hookTimeout: 180_000 });

/** The read tables, each with what puts its rows in order. */
const readTables = {
  ticket: ['number'],
  ticket_participant: ['ticket', 'agent'],
  ticket_label: ['ticket', 'label'],
  message_delivery: ['message'],
  reminder: ['id'],
} as const;

let desk: RunningDesk;
let tickets: OneTicket[];
beforeAll(async () => {
  desk = await startRunningDesk({ worker: false });
  const worker = await desk.startWorker();
  const waiting = await composedTicket(desk, { sendAt: inHours(1) });
  tickets = [...(await liveManyLives(desk)), waiting.ticket];
  // Nobody writes into the log while rows are compared: a mail would be tried again by its timer.
  await worker.stop();
});
afterAll(() => desk.stop());

async function readAll(): Promise<{ [table: string]: object[] }> {
  const rows: { [table: string]: object[] } = {};
  for (const [table, order] of Object.entries(readTables)) {
    rows[table] = await desk.in((trx) =>
      trx(table)
        .select('*')
        .orderBy([...order]),
    );
  }
  return rows;
}

async function empty(): Promise<void> {
  for (const table of Object.keys(readTables)) await desk.in((trx) => trx(table).delete());
}

test('together the lives hold every kind of event but hand-overs of the assistant', async () => {
  const seen = new Set<string>();
  for (const ticket of tickets) for (const type of await ticket.types()) seen.add(type);
  const kinds = [
    ...['created', 'received', 'composed', 'claimed', 'assigned', 'released', 'pended', 'resumed'],
    ...['callbackCancelled', 'autoSolveSet', 'autoSolveCancelled', 'solved', 'reopened', 'closed'],
    ...['followedUp', 'invited', 'uninvited', 'teamChanged', 'labelled', 'unlabelled', 'noted'],
    ...['renamed', 'queued', 'sendStarted', 'sendCancelled', 'sendMoved', 'delivery', 'reminded'],
    ...['rejected', 'assistantAsked', 'assistantAnswered', 'rated', 'exchanged', 'deflected'],
  ];
  expect(kinds.filter((kind) => !seen.has(kind))).toEqual([]);
});

test('read tables that were thrown away are rebuilt from the log to the same rows', async () => {
  const before = await readAll();
  for (const [table, rows] of Object.entries(before)) {
    expect({ table, rows: rows.length > 0 }).toEqual({ table, rows: true });
  }
  await empty();
  expect(await rebuildProjection(desk.database, desk.company)).toBe(tickets.length + 1);
  expect(await readAll()).toEqual(before);
});

test('rows that are wrong, and rows of tickets that never were, do not survive it', async () => {
  const before = await readAll();
  const { company } = desk;
  await desk.in(async (trx) => {
    await trx('ticket').update({ state: 'new', folded: '{}', seq: 0, next_due: null });
    await trx('ticket_label').insert({ company, ticket: 99_999, label: 'never' });
    await trx('reminder').delete();
  });
  await rebuildProjection(desk.database, company);
  expect(await readAll()).toEqual(before);
});

/** Asks again, as callers are told to, when a busy machine does not answer in time. */
async function insist(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      return void (await ask());
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.code !== 'unavailable') throw error;
    }
  }
}

test('it can be done while work goes on', async () => {
  const [ticket] = tickets;
  if (!ticket) throw new Error('there are tickets');
  const worker = await desk.startWorker();
  const commands = Array.from({ length: 20 }, (_, round) => {
    const name = round % 2 === 0 ? 'uninvite' : 'invite';
    const id = `while work goes on ${round}`;
    return insist(() => ticket.command(name, { id, agent: desk.bo, by: desk.bo }));
  });
  const rebuilds = [1, 2, 3].map(() => rebuildProjection(desk.database, desk.company));
  await Promise.all([...commands, ...rebuilds]);
  await insist(() => ticket.settled());
  await worker.stop();
  const after = await readAll();
  await rebuildProjection(desk.database, desk.company);
  expect(await readAll()).toEqual(after);
});
