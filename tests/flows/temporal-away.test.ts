import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusedError } from '../../domain/errors.ts';
import { createTicketWorkflows } from '../../intake/ticket-workflows.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import type { TemporalClient } from '../../runtime/temporal-client.ts';
import { layWire } from '../contract/wire.ts';
import type { Wire } from '../contract/wire.ts';
import { askUntil } from './ask-until.ts';
import { newTicket, ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { temporalAt } from './temporal-at.ts';

let desk: RunningDesk;
let wire: Wire;
let temporal: TemporalClient;
let workflows: TicketWorkflows;

beforeAll(async () => {
  desk = await startRunningDesk();
  const { hostname, port } = new URL(`tcp://${desk.place.temporalAddress}`);
  wire = await layWire({ host: hostname, port: Number(port) });
  temporal = await temporalAt(`127.0.0.1:${wire.port}`, desk.place.namespace);
  workflows = createTicketWorkflows(temporal.client);
});
afterAll(async () => {
  await temporal.close();
  await wire.cut();
  await desk.stop();
});

/** By the wire; `ms` is how long its asker waited. */
async function claim(ticket: OneTicket): Promise<{ code: string | null; ms: number }> {
  const began = performance.now();
  const of = { company: desk.company, number: ticket.number };
  const code = await workflows.command(of, 'claim', { agent: desk.bo, by: desk.bo }).then(
    () => null,
    (error: unknown) => (error instanceof RefusedError ? error.refusal.code : String(error)),
  );
  return { code, ms: performance.now() - began };
}

describe('while Temporal is away', () => {
  /** Below the 8 s that a command may wait for a worker. */
  const FIRST_MS_MAX = 7_000;

  test('the first command finds out soon, the next are refused at once', async () => {
    const ticket = await newTicket(desk);
    expect(await claim(ticket)).toMatchObject({ code: null });
    await wire.cut();
    const first = await claim(ticket);
    expect(first.code).toBe('unavailable');
    expect(first.ms).toBeLessThan(FIRST_MS_MAX);
    for (const { code, ms } of await Promise.all([1, 2, 3].map(() => claim(ticket)))) {
      expect(code).toBe('unavailable');
      // What the first had to find out, these know.
      expect(ms).toBeLessThan(first.ms / 2);
    }
    await wire.mend();
  });

  test('and soon after it is back they work', async () => {
    const ticket = await newTicket(desk);
    const began = performance.now();
    await askUntil(async () => ((await claim(ticket)).code === null ? true : undefined));
    expect(performance.now() - began).toBeLessThan(FIRST_MS_MAX);
  });
});

test('a command that waits for a worker is not refused for it', async () => {
  const idle = await startRunningDesk({ worker: false });
  const ticket = ticketOf(idle, await idle.write({}));
  await idle.intake.handOvers.drain();
  const claim = ticket.command('claim', { agent: idle.bo, by: idle.bo });
  await idle.startWorker();
  expect((await claim).events).toMatchObject([{ type: 'claimed' }]);
  await idle.stop();
});
