import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestDatabase, startProduct } from '../../stack/test-stack.ts';
import type { Product } from '../../stack/test-stack.ts';
import type { Answer } from './answer.ts';
import { withToken } from './caller.ts';
import type { Caller } from './caller.ts';
import { readCredentials, signIn } from './company.ts';
import { eventually, inSeconds } from './eventually.ts';
import { handOver, outcomeOf, rawOf } from './letters.ts';
import { contract } from './product.ts';
import { refusalOf } from './shown.ts';
import { layWire } from './wire.ts';
import type { Wire } from './wire.ts';

/** A second product with demo content, on the first one's PostgreSQL and Temporal, by wires. */
let product: Product;
let admin: Caller;
let postgres: Wire;
let temporal: Wire;

const NAMESPACE = `demo-${Date.now()}`;
const SUPPORT = 'support@acme.test';
const START_MS_MAX = 120_000;

beforeAll(async () => {
  const { databaseUrl, temporalAddress } = contract;
  const own = new URL(await createTestDatabase(databaseUrl, 'contract'));
  [postgres, temporal] = await Promise.all([
    layWire({ host: own.hostname, port: Number(own.port) }),
    layWire(hostAndPort(temporalAddress)),
  ]);
  await makeNamespace(temporalAddress);
  own.port = String(postgres.port);
  product = await startProduct({
    env: {
      POSTKEEP_DEMO: null,
      DATABASE_URL: own.href,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
      TEMPORAL_NAMESPACE: NAMESPACE,
      LOG_LEVEL: 'silent',
    },
  });
  admin = withToken(product.url, readCredentials(product.folder).apiToken);
}, START_MS_MAX);
afterAll(() => product?.stop());

function hostAndPort(address: string): { host: string; port: number } {
  const { hostname, port } = new URL(`tcp://${address}`);
  return { host: hostname, port: Number(port) };
}

async function makeNamespace(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace: NAMESPACE,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  // Every part of the server has to hear of it.
  await eventually('namespace', () =>
    connection.workflowService.describeNamespace({ namespace: NAMESPACE }).catch(() => null),
  );
  await connection.close();
}

const itemsOf = async (path: string) => (await admin.done('GET', path)).body.items;
const readyz = async () => {
  const answer = await fetch(`${product.url}/readyz`);
  return { status: answer.status, body: JSON.parse(await answer.text()) };
};

async function writeLetter(): Promise<{ reply: string; messageId: string }> {
  const { raw, messageId } = rawOf({ to: SUPPORT, subject: 'While something is away' });
  const envelope = { from: 'eleanor@brightmail.test', to: [SUPPORT] };
  return { reply: await handOver(raw, envelope, product.smtpPort), messageId };
}

describe('the first start', () => {
  test('makes Acme with an admin and two agents, and keeps their passwords', async () => {
    const credentials = readCredentials(product.folder);
    expect(credentials.agents).toHaveLength(2);
    for (const { email, password } of [credentials.admin, ...credentials.agents]) {
      const { body } = await (await signIn(product.url, email, password)).done('GET', '/me');
      expect(body).toMatchObject({ agent: { email }, company: { id: 'acme', name: 'Acme' } });
      expect(product.output()).toContain(password);
    }
  });

  test('makes teams Support and Billing, labels, canned responses and 12 articles', async () => {
    const teams = (await itemsOf('/teams')).map(({ name }: { name: string }) => name);
    expect(teams).toEqual(expect.arrayContaining(['Billing', 'Support']));
    expect(await itemsOf('/mailboxes')).toMatchObject([{ address: SUPPORT }]);
    expect((await itemsOf('/labels')).length).toBeGreaterThan(2);
    expect((await itemsOf('/canned-responses')).length).toBeGreaterThan(2);
    expect((await itemsOf('/articles?published=true')).length).toBeGreaterThanOrEqual(12);
  });

  test("makes 8 customers' tickets in different states", async () => {
    const tickets = await eventually(
      'eight tickets in four states',
      async () => {
        const items: { state: string; customer: { id: string } }[] = await itemsOf('/tickets');
        const customers = new Set(items.map(({ customer }) => customer.id));
        const states = new Set(items.map(({ state }) => state));
        return customers.size >= 8 && states.size === 4 ? items : null;
      },
      START_MS_MAX,
    );
    expect(tickets.length).toBeGreaterThanOrEqual(8);
  });

  test('catches outgoing mail on a page, where the customer can answer it', async () => {
    const { body } = await admin.done('POST', '/tickets', {
      to: 'carla@customer.test',
      subject: 'The whole loop',
      text: 'Is all well?',
      undoSeconds: 0,
    });
    const caught = await eventually('caught mail', async () => {
      const answer = await fetch(`${product.catcherUrl}/api/mails?to=carla@customer.test`);
      return JSON.parse(await answer.text()).items[0];
    });
    expect((await fetch(`${product.catcherUrl}/mails/${caught.id}`)).status).toBe(200);
    const form = new URLSearchParams({ text: 'All is well.' });
    await fetch(`${product.catcherUrl}/mails/${caught.id}/reply`, { method: 'POST', body: form });
    await eventually('answer', async () => {
      const { items } = (await admin.done('GET', `/tickets/${body.number}/timeline`)).body;
      return items.at(-1)?.replyText === 'All is well.';
    });
  });
});

describe('while Temporal is away', () => {
  let mail: { reply: string; messageId: string };
  let again: (() => Promise<Answer>) | null = null;

  beforeAll(() => temporal.cut());

  test('reads go on, and /readyz names it', async () => {
    const [{ number }] = await itemsOf('/tickets');
    for (const path of ['/views', `/tickets/${number}`, `/tickets/${number}/timeline`, '/mails']) {
      expect((await admin.call('GET', path)).status).toBe(200);
    }
    expect(await readyz()).toMatchObject({ status: 200, body: { temporal: 'away' } });
  });

  test('commands are 503 unavailable, and nothing is changed', async () => {
    const [{ number }] = await itemsOf('/tickets?view=open');
    const path = `/tickets/${number}`;
    const { body } = await admin.done('GET', path);
    const answer = await admin.call('POST', `${path}/pend`, { until: inSeconds(3_600) });
    expect(refusalOf(answer)).toEqual({ status: 503, code: 'unavailable' });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await admin.done('GET', path)).body).toEqual(body);
  });

  test('mail-in and API start without it', async () => {
    await Promise.all([product.killPart('mailIn'), product.killPart('api')]);
    const reads = await eventually('reads', () => admin.call('GET', '/tickets').catch(() => null));
    expect(reads.status).toBe(200);
    const sent = await eventually('taken mail', () => writeLetter().catch(() => null));
    expect(sent.reply).toMatch(/^250/);
  });

  test('what is composed meanwhile shows nowhere, and is sent when it is asked again', async () => {
    const mail = { to: 'later@customer.test', subject: 'Later', text: 'Once', undoSeconds: 0 };
    const key = { 'idempotency-key': 'compose-while-away' };
    const before = await itemsOf('/tickets');
    const answer = await admin.call('POST', '/tickets', mail, key);
    expect(refusalOf(answer)).toEqual({ status: 503, code: 'unavailable' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await itemsOf('/tickets')).toEqual(before);
    again = () => admin.call('POST', '/tickets', mail, key);
  });

  test('mail is accepted, and is pending', async () => {
    mail = await writeLetter();
    expect(mail.reply).toMatch(/^250/);
    const rows: { messageId: string; outcome: string }[] = await itemsOf('/mails');
    expect(rows.find(({ messageId }) => messageId === mail.messageId)?.outcome).toBe('pending');
  });

  test('and handed over when it is back, where commands work again', async () => {
    await temporal.mend();
    const row = await outcomeOf(admin, mail.messageId);
    expect(row.outcome).toBe('new_ticket');
    await eventually('claim', async () => {
      return (await admin.call('POST', `/tickets/${row.ticket}/claim`)).status === 200;
    });
    expect((await again?.())?.status).toBe(201);
    expect((await again?.())?.status).toBe(201);
    await eventually('one caught mail', async () => {
      const answer = await fetch(`${product.catcherUrl}/api/mails?to=later@customer.test`);
      return JSON.parse(await answer.text()).total === 1;
    });
    await eventually('readiness', async () => (await readyz()).body.temporal === 'ok');
  });
});

describe('while PostgreSQL is away', () => {
  beforeAll(() => postgres.cut());

  test('SMTP answers 451, so that the sender comes again', async () => {
    expect((await writeLetter()).reply).toMatch(/^451/);
  });

  test('the API answers 503 unavailable, and lives', async () => {
    const answer = await admin.call('GET', '/tickets');
    expect(refusalOf(answer)).toEqual({ status: 503, code: 'unavailable' });
    const form = await fetch(`${product.url}/api/v1/contact/${SUPPORT}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'a@b.example', subject: 'x', text: 'x' }),
    });
    expect(form.status).toBe(503);
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
    expect(await readyz()).toMatchObject({ status: 503, body: { database: 'away' } });
  });

  test('all works again when it is back', async () => {
    await postgres.mend();
    await eventually('tickets', async () => {
      return (await admin.call('GET', '/tickets')).status === 200;
    });
    const mail = await eventually('taken mail', async () => {
      const sent = await writeLetter();
      return sent.reply.startsWith('250') ? sent : null;
    });
    expect((await outcomeOf(admin, mail.messageId)).outcome).toBe('new_ticket');
  });
});
