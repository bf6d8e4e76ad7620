import { beforeAll, describe, expect, test } from 'vitest';

import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually } from './eventually.ts';
import { mailTo } from './world-mail.ts';

let desk: Company;
let anna: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('contact');
  anna = await desk.agent('Anna');
});

/** The limit counts every form that this machine sends: no other file sends one. */
describe('POST /contact/MAILBOX', () => {
  const form = {
    name: 'Eve Form',
    email: 'eve@form.example',
    subject: 'A question',
    text: 'Do you have lamps?',
  };
  const contact = (body: object, mailbox = desk.mailbox.address, headers: object = {}) =>
    fetch(`${anna.url}/api/v1/contact/${mailbox}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test('is public: 201 {number}, a ticket with the sender’s IP and files', async () => {
    const content = Buffer.from('a;b').toString('base64');
    const answer = await contact({ ...form, attachments: [{ filename: 'list.csv', content }] });
    expect(answer.status).toBe(201);
    const { number } = JSON.parse(await answer.text());
    const messages = await timelineOf(number);
    expect(messages[0]).toMatchObject({
      from: { name: 'Eve Form', email: 'eve@form.example' },
      text: 'Do you have lamps?',
      attachments: [{ filename: 'list.csv', size: 3 }],
    });
    const ticket = await anna.done('GET', `/tickets/${number}`);
    expect(ticket.body).toMatchObject({
      state: 'new',
      subject: 'A question',
      customer: { name: 'Eve Form', email: 'eve@form.example', ip: '127.0.0.1' },
    });
    await anna.done('POST', `/tickets/${number}/reply`, { text: 'Yes, many', undoSeconds: 0 });
    expect((await mailTo('eve@form.example')).parsed.text).toContain('Yes, many');
  });

  test('sent again with its Idempotency-Key it is one ticket; another form is 422', async () => {
    const key = { 'idempotency-key': 'form-1' };
    const given = { ...form, email: 'once@form.example' };
    const answers = await Promise.all([1, 2].map(() => contact(given, desk.mailbox.address, key)));
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(second).toBe(first);
    const other = await contact({ ...given, text: 'Other' }, desk.mailbox.address, key);
    expect(other.status).toBe(422);
    expect(JSON.parse(await other.text())).toMatchObject({ code: 'idempotency_mismatch' });
  });

  test.each([
    ['no address', { email: 'nobody' }, 400],
    ['no words', { text: ' ' }, 400],
    ['no subject', { subject: '' }, 400],
    ['an unknown field', { nonsense: 1 }, 400],
  ])('with %s is refused', async (_, wrong, status) => {
    expect((await contact({ ...form, ...wrong })).status).toBe(status);
  });

  test('of no mailbox is 404', async () => {
    expect((await contact(form, 'nobody@nowhere.example')).status).toBe(404);
  });

  test('more than 20 in 10 minutes are 429 rate_limited, with Retry-After', async () => {
    const answers: Response[] = [];
    for (let count = 0; count < 21; count += 1) {
      answers.push(await contact({ ...form, email: 'nobody' }));
      if (answers.at(-1)?.status === 429) break;
    }
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(last?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const wait = Number(last?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(600);
    expect(JSON.parse((await last?.text()) ?? '{}')).toMatchObject({ code: 'rate_limited' });
    // None on signed-in reads.
    expect((await anna.call('GET', '/tickets')).status).toBe(200);
  });

  function timelineOf(number: number): Promise<object[]> {
    return eventually(`ticket ${number}`, async () => {
      const { status, body } = await anna.call('GET', `/tickets/${number}/timeline`);
      if (status !== 200) return null;
      return body.items.filter(({ kind }: { kind: string }) => kind === 'message');
    });
  }
});
