import { Client, Connection, WorkflowUpdateFailedError } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually, inSeconds } from './eventually.ts';
import { newMessageId, newTicket, outcomeOf, send, write } from './letters.ts';
import { contract } from './product.ts';
import { named } from './shown.ts';
import { mailTo } from './world-mail.ts';

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;
let team: { id: string; name: string };
let client: Client;

beforeAll(async () => {
  const address = contract.temporalAddress;
  client = new Client({ connection: await Connection.connect({ address }) });
  desk = await newCompany('operations');
  team = await desk.team('Support');
  [anna, bo] = await Promise.all([
    desk.agent('Anna', { teams: [team.id] }),
    desk.agent('Bo', { teams: [team.id] }),
  ]);
});
afterAll(() => client.connection.close());

const handleOf = (number: number): WorkflowHandle =>
  client.workflow.getHandle(`ticket-${desk.id}-${number}`);

const letter = (more: object = {}) => newTicket(desk.admin, { to: desk.mailbox.address, ...more });

async function open(): Promise<number> {
  const number = await letter();
  await anna.done('POST', `/tickets/${number}/claim`);
  return number;
}

/** A ticket as the API shows it. */
async function show(number: number): Promise<Record<string, unknown>> {
  return (await anna.done('GET', `/tickets/${number}`)).body;
}

interface Entry {
  id: string;
  kind: string;
  type?: string;
  by: { kind: string; id?: string };
  data?: Record<string, unknown>;
  message?: string;
  state?: string;
}

async function timeline(number: number): Promise<Entry[]> {
  return (await anna.done('GET', `/tickets/${number}/timeline?limit=200`)).body.items;
}

/** Sends a signal by hand, and waits until the ticket fits. */
async function signal(
  number: number,
  name: string,
  argument: unknown,
  fits: Record<string, unknown>,
): Promise<void> {
  await handleOf(number).signal(name, argument);
  await eventually(`effect of ${name}`, async () => {
    const shown = await show(number);
    return Object.entries(fits).every(([field, value]) => {
      return JSON.stringify(shown[field]) === JSON.stringify(value);
    });
  });
}

const reply = async (number: number, more: object): Promise<string> => {
  const { body } = await anna.done('POST', `/tickets/${number}/reply`, { text: 'x', ...more });
  return body.message.id;
};

describe('the workflow', () => {
  test('has the type ticket, the id ticket-<company>-<number> and the queue postkeep', async () => {
    const number = await letter();
    const described = await handleOf(number).describe();
    expect(described).toMatchObject({
      type: 'ticket',
      workflowId: `ticket-${desk.id}-${number}`,
      taskQueue: 'postkeep',
      status: { name: 'RUNNING' },
    });
  });

  test('answers the query state, which names nobody', async () => {
    const number = await open();
    const state = await handleOf(number).query('state');
    expect(state).toMatchObject({ state: 'open', owner: anna.id });
    expect(JSON.stringify(state)).not.toMatch(/eleanor|brightmail|lamp/i);
  });

  test('says in words how it stands, for the Temporal UI', async () => {
    const number = await open();
    const words = await eventually('details', async () => {
      const { raw } = await handleOf(number).describe();
      const metadata = await handleOf(number).query('__temporal_workflow_metadata');
      return JSON.stringify({ raw: raw.workflowExecutionInfo?.type, metadata });
    });
    expect(words).toContain('open');
  });

  test.each([
    ['state', async () => [`TicketState = "open"`, await open()] as const],
    [
      'owner',
      async () => {
        const number = await letter();
        await bo.done('POST', `/tickets/${number}/claim`);
        return [`TicketOwner = "${bo.id}"`, number] as const;
      },
    ],
    [
      'team',
      async () => {
        const number = await open();
        await anna.done('POST', `/tickets/${number}/team`, { team: team.id });
        return [`TicketTeam = "${team.id}"`, number] as const;
      },
    ],
    [
      'number',
      async () => {
        const number = await letter();
        return [`TicketNumber = ${number}`, number] as const;
      },
    ],
    [
      'callback',
      async () => {
        const number = await open();
        const until = inSeconds(3_600);
        await anna.done('POST', `/tickets/${number}/pend`, { until });
        const due = `CallbackAt > "${inSeconds(3_000)}" AND CallbackAt < "${inSeconds(4_000)}"`;
        return [`TicketState = "pending" AND ${due}`, number] as const;
      },
    ],
    [
      'auto-solve',
      async () => {
        const number = await open();
        await anna.done('POST', `/tickets/${number}/auto-solve`, { at: inSeconds(3_600) });
        return [`AutoSolveAt < "${inSeconds(7_200)}"`, number] as const;
      },
    ],
  ])('is found by its search attribute: %s', async (_, prepare) => {
    const [query, number] = await prepare();
    await eventually(`workflow with ${query}`, async () => {
      for await (const { workflowId } of client.workflow.list({ query })) {
        if (workflowId === `ticket-${desk.id}-${number}`) return true;
      }
      return false;
    });
  });

  test('shows in the Temporal UI', async () => {
    const number = await letter();
    const page = await fetch(contract.temporalUiUrl);
    expect(page.status).toBe(200);
    const id = `ticket-${desk.id}-${number}`;
    const path = `/api/v1/namespaces/default/workflows/${id}/history`;
    const history = await fetch(`${contract.temporalUiUrl}${path}`);
    expect(history.status).toBe(200);
  });
});

describe('signals by hand, without id and by', () => {
  test('claim {agent, takeover?}, release {}, assign {agent}', async () => {
    const number = await letter();
    await signal(number, 'claim', { agent: anna.id }, { state: 'open', owner: named(anna) });
    await signal(number, 'claim', { agent: bo.id, takeover: true }, { owner: named(bo) });
    await signal(number, 'release', {}, { state: 'new', owner: null });
    await signal(number, 'assign', { agent: anna.id }, { state: 'open', owner: named(anna) });
    const [first] = (await timeline(number)).filter(({ type }) => type === 'claimed');
    expect(first?.by.kind).toBe('operations');
  });

  test('pend {until, reason?}, resume {}, autoSolve {at}', async () => {
    const number = await open();
    const until = inSeconds(3_600);
    const reason = 'waiting for the supplier';
    await signal(number, 'pend', { until, reason }, { state: 'pending', pendingUntil: until });
    const next = await anna.done('GET', `/tickets/${number}/next`);
    expect(next.body.items).toMatchObject([{ kind: 'callback', by: null, reason }]);
    await signal(number, 'resume', {}, { state: 'open', pendingUntil: null });
    await signal(number, 'autoSolve', { at: until }, { autoSolveAt: until });
    await signal(number, 'autoSolve', { at: null }, { autoSolveAt: null });
  });

  test('solve {summary} by nobody is solved by operations; reopen {agent}', async () => {
    const number = await open();
    await signal(
      number,
      'solve',
      { summary: false },
      { state: 'solved', solvedBy: { kind: 'operations' } },
    );
    await signal(number, 'reopen', { agent: bo.id }, { state: 'open', owner: named(bo) });
  });

  test('invite {agent}, uninvite {agent}, changeTeam {team}', async () => {
    const number = await open();
    await signal(number, 'invite', { agent: bo.id }, { participants: [named(bo)] });
    await signal(number, 'uninvite', { agent: bo.id }, { participants: [] });
    await signal(number, 'changeTeam', { team: team.id }, { team });
  });

  test('label {label}, unlabel {label}', async () => {
    const number = await letter();
    const { body } = await anna.done('POST', '/labels', { name: `Label ${number}` });
    await signal(number, 'label', { label: body.id }, { labels: [`Label ${number}`] });
    await signal(number, 'unlabel', { label: body.id }, { labels: [] });
  });

  test('note {note} and rename {subject: id of the text}', async () => {
    const number = await letter({ subject: 'The first subject' });
    const noted = await anna.done('POST', `/tickets/${number}/notes`, { text: 'Once' });
    const state = await handleOf(number).query<{ subject: string }>('state');
    await anna.done('PATCH', `/tickets/${number}`, { subject: 'The second subject' });
    await signal(number, 'rename', { subject: state.subject }, { subject: 'The first subject' });
    await handleOf(number).signal('note', { note: noted.body.id });
    await handleOf(number).executeUpdate('sync', { args: [{}] });
    expect((await timeline(number)).map(({ type }) => type)).not.toContain('rejected');
  });

  test('moveSend {message, at} and cancelSend {message}', async () => {
    const number = await open();
    const message = await reply(number, { sendAt: inSeconds(3_600) });
    const at = inSeconds(7_200);
    await handleOf(number).signal('moveSend', { message, at });
    const next = async () => (await anna.done('GET', `/tickets/${number}/next`)).body.items;
    await eventually('moved mail', async () => (await next())[0]?.at === at);
    await handleOf(number).signal('cancelSend', { message });
    await eventually('cancelled mail', async () => (await next()).length === 0);
  });

  test('resend {message} and delivery {message, outcome}', async () => {
    const from = `vanish-${Date.now()}@operations.example`;
    const number = await letter({ from });
    const message = await reply(number, { undoSeconds: 0 });
    const becomes = (state: string) =>
      eventually(`${state} mail`, async () => {
        return (await timeline(number)).find((entry) => entry.message === message)?.state === state;
      });
    await becomes('uncertain');
    await handleOf(number).signal('delivery', { message, outcome: 'failed' });
    await becomes('failed');
    await handleOf(number).signal('delivery', { message, outcome: 'arrived' });
    await becomes('sent');
    await handleOf(number).signal('delivery', { message, outcome: 'bounced' });
    await becomes('bounced');
    await handleOf(number).signal('resend', { message });
    await becomes('uncertain');
  });

  test('receive {mail}, again: the mail is there once; sync {} changes nothing', async () => {
    const row = await write(desk.admin, { to: desk.mailbox.address });
    const number = Number(row.ticket);
    const before = await timeline(number);
    await handleOf(number).signal('receive', { mail: row.id });
    await handleOf(number).signal('sync', {});
    await handleOf(number).executeUpdate('sync', { args: [{}] });
    expect(await timeline(number)).toEqual(before);
  });

  test('reply {message} of a mail on its way is taken as done', async () => {
    const number = await open();
    const message = await reply(number, { sendAt: inSeconds(3_600) });
    const before = await timeline(number);
    await handleOf(number).signal('reply', { message });
    await handleOf(number).executeUpdate('sync', { args: [{}] });
    expect(await timeline(number)).toEqual(before);
  });

  test('by names the agent, id makes it once, and unknown fields are ignored', async () => {
    const number = await letter();
    const argument = { agent: anna.id, by: bo.id, id: 'by-hand-1', colour: 'blue' };
    await signal(number, 'claim', argument, { owner: named(anna) });
    await signal(number, 'release', {}, { owner: null });
    await handleOf(number).signal('claim', argument);
    await handleOf(number).executeUpdate('sync', { args: [{}] });
    expect((await show(number))['owner']).toBeNull();
    const claims = (await timeline(number)).filter(({ type }) => type === 'claimed');
    expect(claims).toMatchObject([{ by: { kind: 'agent', id: bo.id } }]);
  });

  test.each(['pend', 'solve'])(
    '%s on a new ticket is refused agent_required, and recorded as rejected',
    async (name) => {
      const number = await letter();
      const argument = name === 'pend' ? { until: inSeconds(60) } : { summary: false };
      await handleOf(number).signal(name, argument);
      const rejected = await eventually('rejection', async () => {
        return (await timeline(number)).find(({ type }) => type === 'rejected');
      });
      expect(rejected.data).toMatchObject({ name, code: 'agent_required' });
      expect((await show(number))['state']).toBe('new');
    },
  );
});

describe('a malformed signal is recorded as rejected, and never breaks the ticket:', () => {
  const unknownEncoding = () => ({
    metadata: { encoding: new TextEncoder().encode('binary/mystery') },
    data: new TextEncoder().encode('{"agent":"x"}'),
  });

  test.each([
    ['wrong fields', 'claim', [{ agent: 7 }]],
    ['no input', 'claim', []],
    ['no object', 'pend', ['tomorrow']],
    ['an unknown name', 'explode', [{}]],
  ])('%s', async (_, name, args) => {
    const number = await letter();
    await handleOf(number).signal(name, ...args);
    await expectRejected(number);
  });

  test('an unknown encoding', async () => {
    const number = await letter();
    await client.workflowService.signalWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: `ticket-${desk.id}-${number}` },
      signalName: 'claim',
      input: { payloads: [unknownEncoding()] },
    });
    await expectRejected(number);
  });

  async function expectRejected(number: number): Promise<void> {
    await eventually('rejection', async () => {
      return (await timeline(number)).some(({ type }) => type === 'rejected');
    });
    await anna.done('POST', `/tickets/${number}/claim`);
    expect((await show(number))['owner']).toEqual(named(anna));
  }
});

describe('updates of the same names', () => {
  test('answer with the outcome', async () => {
    const number = await letter();
    const answer = await handleOf(number).executeUpdate('claim', { args: [{ agent: anna.id }] });
    expect(answer).toMatchObject({ events: [{ type: 'claimed', agent: anna.id }] });
    const solved = await handleOf(number).executeUpdate('solve', {
      args: [{ summary: false, by: anna.id }],
    });
    expect(solved).toMatchObject({ events: expect.arrayContaining([expect.any(Object)]) });
  });

  test.each<[string, string, () => object, string]>([
    ['a claimed ticket', 'claim', () => ({ agent: bo.id }), 'already_claimed'],
    ['an unknown agent', 'assign', () => ({ agent: 'nobody' }), 'not_found'],
    ['a date in the past', 'pend', () => ({ until: '2020-01-01T00:00:00Z' }), 'date_in_past'],
    ['a wrong state', 'resume', () => ({}), 'not_allowed'],
    ['a wrong field', 'autoSolve', () => ({ at: 'tomorrow' }), 'validation'],
    ['an unknown message', 'cancelSend', () => ({ message: 'nothing' }), 'not_found'],
  ])('refuse with a typed refusal: %s', async (_, name, argument, code) => {
    const number = await open();
    const before = await timeline(number);
    const refused: unknown = await handleOf(number)
      .executeUpdate(name, { args: [argument()] })
      .then(
        () => null,
        (error: unknown) => error,
      );
    expect(refused).toBeInstanceOf(WorkflowUpdateFailedError);
    const cause = refused instanceof Error ? refused.cause : null;
    expect(cause).toBeInstanceOf(ApplicationFailure);
    expect(cause).toMatchObject({ type: code });
    expect(await timeline(number)).toEqual(before);
  });

  test('of two claims at once exactly one wins', async () => {
    const number = await letter();
    const claims = await Promise.allSettled(
      [anna, bo].map(({ id }) =>
        handleOf(number).executeUpdate('claim', { args: [{ agent: id }] }),
      ),
    );
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('histories hold no bodies, addresses, names or subjects, and plain JSON', async () => {
  const messageId = newMessageId();
  await send({
    to: desk.mailbox.address,
    from: 'Philomena Zwiebel <philomena@zwiebel.example>',
    subject: 'Geheimer Wunsch',
    text: 'Unverkennbare Worte',
    messageId,
  });
  const number = Number((await outcomeOf(desk.admin, messageId)).ticket);
  await anna.done('POST', `/tickets/${number}/notes`, { text: 'Vertrauliche Bemerkung' });
  await anna.done('PUT', `/tickets/${number}/labels/Sonderfall`);
  await anna.done('PATCH', `/tickets/${number}`, { subject: 'Neuer Betreff' });
  await anna.done('POST', `/tickets/${number}/reply`, {
    text: 'Eindeutige Antwort',
    undoSeconds: 0,
  });
  await mailTo('philomena@zwiebel.example');
  await anna.done('POST', `/tickets/${number}/pend`, {
    until: inSeconds(3_600),
    reason: 'Lieferant schweigt',
  });
  await anna.done('POST', `/tickets/${number}/solve`, { summary: true });
  const bytes = wordsOf(await handleOf(number).fetchHistory());
  expect(bytes.includes('json/plain')).toBe(true);
  const secrets = [
    ...['philomena', 'zwiebel', 'geheimer', 'unverkennbare', 'vertrauliche', 'sonderfall'],
    ...['betreff', 'eindeutige', 'schweigt', 'anna', messageId],
  ];
  expect(secrets.filter((word) => bytes.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
});

/** A history as text, with its payloads read. */
function wordsOf(history: object): string {
  return JSON.stringify(history).replace(
    /"(data|encoding)":"([A-Za-z0-9+/]+=*)"/g,
    (_all, _key, base64: string) => Buffer.from(base64, 'base64').toString('utf8'),
  );
}
