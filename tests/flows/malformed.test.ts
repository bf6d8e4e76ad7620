import type { Payload } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newTicket } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk, workflowIdOf } from './running-desk.ts';
import type { EventOf, RunningDesk } from './running-desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

/** A signal as the Temporal UI or another language's client may send it. */
async function sendRaw(ticket: OneTicket, name: string, payloads: Payload[]): Promise<void> {
  await desk.client.workflowService.signalWorkflowExecution({
    namespace: desk.place.namespace,
    workflowExecution: { workflowId: workflowIdOf(desk, ticket.number) },
    signalName: name,
    input: { payloads },
  });
}

function payload(encoding: string | null, data: string): Payload {
  const metadata: Payload['metadata'] = {};
  if (encoding !== null) metadata['encoding'] = Buffer.from(encoding);
  return { metadata, data: Buffer.from(data) };
}

async function rejections(ticket: OneTicket): Promise<EventOf<'rejected'>[]> {
  await ticket.settled();
  return (await ticket.events()).filter((event) => event.type === 'rejected');
}

/** The one proof that nothing was broken: the next command works. */
async function nextCommandWorks(ticket: OneTicket): Promise<void> {
  await ticket.command('claim', { agent: desk.bo, by: desk.bo });
  expect(await ticket.state()).toMatchObject({ state: 'open', owner: desk.bo });
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a signal that cannot be understood is recorded as rejected, and blocks nothing', () => {
  const arguments_: [string, string, unknown[]][] = [
    ['without input', 'claim', []],
    ['with null', 'claim', [null]],
    ['with a text', 'pend', ['tomorrow']],
    ['with a list', 'solve', [[true]]],
    ['with a missing field', 'assign', [{ by: 'someone' }]],
    ['with a field of another type', 'claim', [{ agent: 7 }]],
    ['with a date that is none', 'pend', [{ until: 'next week' }]],
    ['with an id that is too long', 'invite', [{ agent: 'a'.repeat(300) }]],
    ['with letters that no database takes', 'invite', [{ agent: 'b\u0000o' }]],
    ['with half a letter', 'label', [{ label: '\ud83d' }]],
    ['with a reason that cannot be kept', 'pend', [{ until: '2030-01-01', reason: '\u0000' }]],
    ['with an actor of another type', 'release', [{ by: 5 }]],
    ['of a name that nobody knows', 'explode', [{ now: true }]],
    ['of a name with letters that no database takes', 'ex\u0000plode', [{}]],
    ['of a long name cut within a letter', `${'n'.repeat(59)}\u{1F600}`, [{}]],
    ['of a name that the SDK keeps for itself', '__temporal_explode', [{ now: true }]],
    ["of a query's name", '__stack_trace', []],
  ];

  test.each(arguments_)('%s', async (_, name, given) => {
    const ticket = await newTicket(desk);
    await ticket.signal(name, ...given);
    const [rejected, ...more] = await rejections(ticket);
    expect(more).toEqual([]);
    expect(rejected).toMatchObject({ code: 'validation', by: { kind: 'operations' } });
    expect(rejected?.name).not.toBe('');
    await nextCommandWorks(ticket);
  });

  const payloads: [string, Payload[]][] = [
    ['an unknown encoding', [payload('binary/encrypted', 'secret')]],
    ['no encoding at all', [payload(null, '{}')]],
    ['JSON that is none', [payload('json/plain', '{"agent": ')]],
    ['bytes', [payload('binary/plain', 'bo')]],
    ['protobuf that nobody knows', [payload('json/protobuf', '{}')]],
    ['brackets nested too deep to be written again', [payload('json/plain', nested(50_000))]],
    ['deep brackets in a field', [payload('json/plain', `{"agent": ${nested(50_000)}}`)]],
    ['a megabyte', [payload('json/plain', JSON.stringify({ agent: 'a'.repeat(1_000_000) }))]],
  ];

  test.each(payloads)('with %s', async (_, given) => {
    const ticket = await newTicket(desk);
    await sendRaw(ticket, 'claim', given);
    expect(await rejections(ticket)).toMatchObject([{ name: 'claim', code: 'validation' }]);
    await nextCommandWorks(ticket);
  });

  test('as the very first thing that a run gets', async () => {
    const ticket = await newTicket(desk);
    await ticket.handle.terminate('lost by an accident');
    await desk.client.workflow.signalWithStart('ticket', {
      workflowId: workflowIdOf(desk, ticket.number),
      taskQueue: 'postkeep',
      args: [{ company: desk.company, number: ticket.number }],
      signal: '__temporal_explode',
    });
    expect(await rejections(ticket)).toMatchObject([{ code: 'validation' }]);
    await nextCommandWorks(ticket);
  });

  test('and its words are not kept: they may be personal', async () => {
    const ticket = await newTicket(desk);
    await ticket.signal('pend', { until: 'when Eleanor Hughes calls' });
    await ticket.signal('pend', { until: '2030-01-01', reason: ['Eleanor Hughes'] });
    await ticket.signal('claim', 'Eleanor Hughes');
    expect(await rejections(ticket)).toHaveLength(3);
    expect(JSON.stringify(await ticket.events())).not.toContain('Eleanor');
  });
});

describe('a refused signal', () => {
  test('leaves a trace with its code, since nobody waits for an answer', async () => {
    const ticket = await newTicket(desk);
    await ticket.signal('pend', { until: '2030-01-01' });
    await ticket.signal('solve', { summary: false });
    await ticket.signal('resume', {});
    await ticket.signal('assign', { agent: 'constructor' });
    expect((await rejections(ticket)).map(({ name, code }) => [name, code])).toEqual([
      ['pend', 'agent_required'],
      ['solve', 'agent_required'],
      ['resume', 'not_allowed'],
      ['assign', 'not_found'],
    ]);
    expect(await ticket.state()).toMatchObject({ state: 'new', owner: null });
  });
});

describe('an update that cannot be understood', () => {
  test('is refused before anything is recorded', async () => {
    const ticket = await newTicket(desk);
    const before = await ticket.events();
    const { code, message } = await ticket.refusal('pend', { until: 'soon' });
    expect(code).toBe('validation');
    expect(message).toContain('until must be an ISO 8601 date');
    expect(await ticket.events()).toEqual(before);
    await nextCommandWorks(ticket);
  });

  test('because of its encoding is refused too', async () => {
    const ticket = await newTicket(desk);
    const answer = await desk.client.workflowService.updateWorkflowExecution({
      namespace: desk.place.namespace,
      workflowExecution: { workflowId: workflowIdOf(desk, ticket.number) },
      waitPolicy: { lifecycleStage: 3 },
      request: {
        meta: { updateId: 'unreadable' },
        input: {
          name: 'claim',
          args: { payloads: [payload('binary/encrypted', 'secret')] },
        },
      },
    });
    expect(answer.outcome?.failure?.applicationFailureInfo?.type).toBe('validation');
    await nextCommandWorks(ticket);
  });
});
