import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { refused } from '../../domain/errors.ts';
import { releaseLeftTickets } from '../../intake/left-tickets.ts';
import { testLog } from '../../runtime/logger.ts';
import { createDesk, customerWrote, happen } from './desk.ts';
import type { Desk } from './desk.ts';
import { startReadingApi } from './reading-api.ts';
import type { ReadingApi } from './reading-api.ts';
import { recordingWorkflows } from './recording-workflows.ts';
import type { RecordingWorkflows } from './recording-workflows.ts';

let api: ReadingApi;
let workflows: RecordingWorkflows;
let desk: Desk;
let anna: string;

beforeAll(async () => {
  api = await startReadingApi(inject('databaseUrl'), 'api_left_tickets', {
    workflows: (database) => (workflows = recordingWorkflows(database)),
  });
  desk = await createDesk(api.database, 'acme');
  anna = await api.tokenFor(desk, desk.anna);
});

afterAll(() => api.stop());

/** A ticket that the agent has claimed. */
async function claimed(number: number, agent: string): Promise<void> {
  await customerWrote(desk, number, { subject: 'Lamp', text: 'Hello', team: desk.support });
  const by = { kind: 'agent', id: agent } as const;
  await happen(desk, number, [{ by, event: { type: 'claimed', agent, from: null } }]);
}

const sweep = (command = workflows.command) =>
  releaseLeftTickets({
    database: api.database,
    workflows: { ...workflows, command },
    logger: testLog,
  });
const ticket = async (number: number) => (await api.call(anna, 'GET', `/tickets/${number}`)).body;

test('tickets of a deactivated agent go back to New, though the sweep dies meanwhile', async () => {
  for (const number of [1, 2, 3]) await claimed(number, desk.bo);
  await claimed(4, desk.anna);
  await api.call(anna, 'POST', '/tickets/2/pend', { until: '2030-01-02T09:00:00Z' });
  const before = await api.call(anna, 'GET', `/agents/${desk.bo}`);
  expect(before.body.openTickets).toBe(3);
  await api.call(anna, 'PATCH', `/agents/${desk.bo}`, { active: false });

  // The process dies after the first ticket.
  let done = 0;
  const doomed: RecordingWorkflows['command'] = async (...asked) => {
    if (done === 1) throw refused('unavailable', 'The process was killed.');
    done += 1;
    return workflows.command(...asked);
  };
  await expect(sweep(doomed)).rejects.toThrow('killed');
  await sweep();

  for (const number of [1, 2, 3]) {
    expect(await ticket(number)).toMatchObject({ state: 'new', owner: null, pendingUntil: null });
  }
  expect(await ticket(4)).toMatchObject({ state: 'open', owner: { id: desk.anna } });
  const timeline = await api.call(anna, 'GET', '/tickets/1/timeline');
  const releases = timeline.body.items.filter(({ type }: { type: string }) => type === 'released');
  expect(releases).toMatchObject([{ by: { id: desk.anna } }]);
  expect((await api.call(anna, 'GET', `/agents/${desk.bo}`)).body.openTickets).toBe(0);
});

test('a ticket that a colleague took meanwhile stays with them', async () => {
  await claimed(5, desk.bo);
  const takenOver: RecordingWorkflows['command'] = async (which, name, argument) => {
    await happen(desk, 5, [
      {
        by: { kind: 'agent', id: desk.anna },
        event: { type: 'claimed', agent: desk.anna, from: desk.bo },
      },
    ]);
    return workflows.command(which, name, argument);
  };
  await sweep(takenOver);
  expect(await ticket(5)).toMatchObject({ state: 'open', owner: { id: desk.anna } });
});

test('whoever is deactivated can be given nothing', async () => {
  await customerWrote(desk, 6, { subject: 'Lamp', text: 'Hello', team: desk.support });
  const assigned = await api.call(anna, 'POST', '/tickets/6/assign', { agent: desk.bo });
  expect(assigned.body).toMatchObject({ status: 422, code: 'agent_inactive' });
  const mentions = { text: 'Look, @Bo', mentions: [desk.bo] };
  expect((await api.call(anna, 'POST', '/tickets/6/notes', mentions)).status).toBe(201);
  const told = await desk.in(async (trx) => trx('reminder').where({ agent: desk.bo }).select());
  expect(told).toEqual([]);
});
