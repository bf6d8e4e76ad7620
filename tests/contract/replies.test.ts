import { beforeAll, describe, expect, test } from 'vitest';

import type { Caller } from './caller.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually, inSeconds } from './eventually.ts';
import { newTicket, write } from './letters.ts';
import { ISO, named, refusalOf } from './shown.ts';
import { mailTo, mailsTo } from './world-mail.ts';

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;

beforeAll(async () => {
  desk = await newCompany('replies');
  [anna, bo] = await Promise.all([desk.agent('Anna'), desk.agent('Bo')]);
});

let customers = 0;

/** A ticket of a customer of its own. */
async function letter(more: object = {}): Promise<{ number: number; from: string }> {
  const from = `customer-${(customers += 1)}@${desk.id}.test`;
  const number = await newTicket(desk.admin, { to: desk.mailbox.address, from, ...more });
  return { number, from };
}

async function show(number: number): Promise<Record<string, unknown>> {
  return (await anna.done('GET', `/tickets/${number}`)).body;
}

async function timeline(caller: Caller, number: number): Promise<Record<string, unknown>[]> {
  return (await caller.done('GET', `/tickets/${number}/timeline?limit=200`)).body.items;
}

async function stateOf(number: number, id: string): Promise<unknown> {
  return (await timeline(anna, number)).find(({ message }) => message === id)?.['state'];
}

/** The words of every mail that an address got, in their order. */
async function wordsTo(address: string): Promise<(string | undefined)[]> {
  return (await mailsTo(address)).map(({ parsed }) => parsed.text?.trim().split('\n')[0]);
}

describe('POST /tickets/N/reply', () => {
  test('is 202 {message}, claims a new ticket, and reaches the customer', async () => {
    const { number, from } = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/reply`, {
      text: 'A new shade is on its way.',
      undoSeconds: 0,
    });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ message: { id: expect.any(String), ticket: number } });
    const mail = await mailTo(from);
    expect(mail.parsed.text).toContain('A new shade is on its way.');
    expect(await show(number)).toMatchObject({
      state: 'open',
      owner: named(anna),
      turn: 'customer',
      waitingSince: null,
    });
    await eventually('sent mail', async () => {
      return (await stateOf(number, answer.body.message.id)) === 'sent';
    });
  });

  test('with html only gets a text part too', async () => {
    const { number, from } = await letter();
    await anna.done('POST', `/tickets/${number}/reply`, {
      html: '<p>Dear <b>Eleanor</b>,</p><p>all is well.</p><script>alert(1)</script>',
      undoSeconds: 0,
    });
    const { parsed } = await mailTo(from);
    expect(parsed.text).toMatch(/Dear Eleanor,\s+all is well\./);
    expect(parsed.html).toContain('<b>Eleanor</b>');
    expect(`${String(parsed.html)}${parsed.text}`).not.toContain('alert');
  });

  test('with HTML that shows uploads carries them as parts that mail programs show', async () => {
    const { number, from } = await letter();
    const upload = async (name: string, content: Buffer | string) => {
      const form = new FormData();
      form.append(
        'file',
        new Blob([typeof content === 'string' ? content : new Uint8Array(content)]),
        name,
      );
      return String((await anna.done('POST', '/uploads', form)).body.id);
    };
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD' +
      'hgGAWjR9awAAAABJRU5ErkJggg==';
    const picture = await upload('drawing.png', Buffer.from(png, 'base64'));
    const prices = await upload('prices.txt', 'All of them');
    await anna.done('POST', `/tickets/${number}/reply`, {
      html: `<p>Look:</p><img src="/api/v1/attachments/${picture}" alt="Drawing">`,
      attachments: [prices],
      undoSeconds: 0,
    });
    const { raw, parsed } = await mailTo(from);
    // RFC 2387: the words, or the HTML with what it shows; and beside them what is attached.
    const types = raw.match(/^Content-Type: [\w/]+/gm);
    expect(types?.map((line) => line.slice('Content-Type: '.length))).toEqual([
      ...['multipart/mixed', 'multipart/alternative', 'text/plain', 'multipart/related'],
      ...['text/html', 'image/png', 'text/plain'],
    ]);
    const [image, file] = parsed.attachments;
    expect(image).toMatchObject({ contentDisposition: 'inline', filename: 'drawing.png' });
    expect(file).toMatchObject({ contentDisposition: 'attachment', filename: 'prices.txt' });
    // mailparser has put the picture in the place of its `cid:`.
    expect(parsed.html).toContain(`src="data:image/png;base64,${png}"`);
    expect(parsed.text).toMatch(/Look:\s+\[Drawing\]/);
    const entry = (await timeline(anna, number)).at(-1);
    expect(entry).toMatchObject({
      html: expect.stringContaining(`cid:${image?.cid}`),
      attachments: expect.arrayContaining([
        expect.objectContaining({ inline: true, contentId: image?.cid }),
        expect.objectContaining({ inline: false, filename: 'prices.txt' }),
      ]),
    });
    const unknown = { html: '<img src="/api/v1/attachments/nothing">' };
    expect((await anna.call('POST', `/tickets/${number}/reply`, unknown)).status).toBe(404);
  });

  test('with cc goes to those too, who see each other', async () => {
    const { number, from } = await letter();
    const cc = [`one@${desk.id}.test`, `Two <two@${desk.id}.test>`];
    await anna.done('POST', `/tickets/${number}/reply`, { text: 'All', cc, undoSeconds: 0 });
    const mail = await mailTo(`two@${desk.id}.test`);
    expect(mail.envelope.to.sort()).toEqual(
      [from, `one@${desk.id}.test`, `two@${desk.id}.test`].sort(),
    );
    expect(mail.headers['cc']).toContain(`one@${desk.id}.test`);
    const entry = (await timeline(anna, number)).at(-1);
    expect(entry).toMatchObject({ cc: [`one@${desk.id}.test`, `two@${desk.id}.test`] });
  });

  test('with attachments carries the uploads', async () => {
    const { number, from } = await letter();
    const form = new FormData();
    form.append('file', new Blob(['ten bytes.']), 'Größe.txt');
    const upload = await anna.done('POST', '/uploads', form);
    await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'See the file.',
      attachments: [upload.body.id],
      undoSeconds: 0,
    });
    const { parsed } = await mailTo(from);
    expect(parsed.attachments.map(({ filename, content }) => [filename, String(content)])).toEqual([
      ['Größe.txt', 'ten bytes.'],
    ]);
  });

  test.each([
    ['no words', {}, 400, 'validation'],
    ['blank words', { text: ' \n ' }, 400, 'validation'],
    ['blank html', { html: '<p> </p>' }, 400, 'validation'],
    ['no address in cc', { text: 'x', cc: ['nobody'] }, 400, 'validation'],
    ['undoSeconds above 60', { text: 'x', undoSeconds: 61 }, 400, 'validation'],
    ['undoSeconds below 0', { text: 'x', undoSeconds: -1 }, 400, 'validation'],
    ['half a second of undo', { text: 'x', undoSeconds: 0.5 }, 400, 'validation'],
    ['a sendAt in the past', { text: 'x', sendAt: '2020-01-01T00:00:00Z' }, 422, 'date_in_past'],
    ['an unknown file', { text: 'x', attachments: ['nothing'] }, 404, 'not_found'],
    [
      'then pend in the past',
      { text: 'x', then: { pend: { until: '2020-01-01T00:00:00Z' } } },
      422,
      'date_in_past',
    ],
    ['then both', { text: 'x', then: { pend: {}, solve: {} } }, 400, 'validation'],
  ])('with %s is refused, and nothing is changed', async (_, body, status, code) => {
    const { number } = await letter();
    const answer = await anna.call('POST', `/tickets/${number}/reply`, body);
    expect(refusalOf(answer)).toEqual({ status, code });
    expect(await show(number)).toMatchObject({ state: 'new', owner: null });
    expect(await timeline(anna, number)).toHaveLength(2);
  });

  test('on a solved ticket reopens it for its writer', async () => {
    const { number } = await letter();
    await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
    await bo.done('POST', `/tickets/${number}/reply`, { text: 'One more thing' });
    expect(await show(number)).toMatchObject({ state: 'open', owner: named(bo) });
  });

  test('stays pending when pending', async () => {
    const { number } = await letter();
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
    await anna.done('POST', `/tickets/${number}/reply`, { text: 'Soon', undoSeconds: 0 });
    expect(await show(number)).toMatchObject({ state: 'pending' });
  });
});

describe('undo', () => {
  test('DELETE /messages/ID while it waits takes the mail back', async () => {
    const { number, from } = await letter();
    const { body } = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Too quick',
      undoSeconds: 60,
    });
    expect(body.message).toMatchObject({ state: 'scheduled', sendAt: expect.stringMatching(ISO) });
    const undone = await anna.call('DELETE', `/messages/${body.message.id}`);
    expect(undone.status).toBe(200);
    expect(await stateOf(number, body.message.id)).toBeUndefined();
    await anna.done('POST', `/tickets/${number}/reply`, { text: 'Better', undoSeconds: 0 });
    await mailTo(from);
    expect(await wordsTo(from)).toEqual(['Better']);
  });

  test('is 409 too_late once it was sent', async () => {
    const { number, from } = await letter();
    const { body } = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Gone',
      undoSeconds: 0,
    });
    await mailTo(from);
    const late = await anna.call('DELETE', `/messages/${body.message.id}`);
    expect(refusalOf(late)).toEqual({ status: 409, code: 'too_late' });
  });

  test('is 404 for a message of nobody', async () => {
    const answer = await anna.call('DELETE', '/messages/nothing');
    expect(refusalOf(answer)).toEqual({ status: 404, code: 'not_found' });
  });

  test('waits 5 seconds by default, as each agent likes', async () => {
    const { number } = await letter();
    const sentAt = async () => {
      const answer = await bo.done('POST', `/tickets/${number}/reply`, { text: 'x' });
      await bo.done('DELETE', `/messages/${answer.body.message.id}`);
      return (Date.parse(answer.body.message.sendAt) - Date.now()) / 1_000;
    };
    expect(await sentAt()).toBeLessThanOrEqual(5);
    await bo.done('PATCH', `/agents/${bo.id}`, { undoSeconds: 40 });
    expect(await sentAt()).toBeGreaterThan(20);
  });
});

describe('sendAt', () => {
  test('sends later, and shows in next, where it can be moved and cancelled', async () => {
    const { number, from } = await letter();
    const at = inSeconds(3_600);
    const later = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Later',
      sendAt: at,
    });
    const { id } = later.body.message;
    const next = await anna.done('GET', `/tickets/${number}/next`);
    expect(next.body.items).toEqual([
      {
        id: expect.any(String),
        kind: 'send',
        at,
        by: named(anna),
        reason: 'Send later',
        dropIfCustomerWrites: false,
      },
    ]);
    const path = `/tickets/${number}/next/${next.body.items[0].id}`;
    const soon = inSeconds(2);
    expect((await anna.call('PATCH', path, { at: soon })).status).toBe(200);
    await mailTo(from);
    expect(await stateOf(number, id)).toMatch(/sending|sent/);
  });

  test('DELETE in next takes it back', async () => {
    const { number } = await letter();
    const later = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Never',
      sendAt: inSeconds(3_600),
    });
    const next = await anna.done('GET', `/tickets/${number}/next`);
    const path = `/tickets/${number}/next/${next.body.items[0].id}`;
    expect((await anna.call('DELETE', path)).status).toBe(200);
    expect((await anna.done('GET', `/tickets/${number}/next`)).body).toEqual({ items: [] });
    expect(refusalOf(await anna.call('DELETE', path)).status).toBe(404);
    expect(await stateOf(number, later.body.message.id)).toBeUndefined();
  });

  test('with dropIfCustomerWrites is dropped when the customer writes first', async () => {
    const { number, from } = await letter();
    for (const dropIfCustomerWrites of [true, false]) {
      await anna.done('POST', `/tickets/${number}/reply`, {
        text: `Dropped: ${String(dropIfCustomerWrites)}`,
        sendAt: inSeconds(3_600),
        dropIfCustomerWrites,
      });
    }
    await write(desk.admin, {
      to: desk.mailbox.address,
      from,
      subject: `Re: lamp [#${number}]`,
    });
    const { body } = await anna.done('GET', `/tickets/${number}/next`);
    expect(body.items).toHaveLength(1);
    const texts = (await timeline(anna, number)).map(({ text }) => text);
    expect(texts).toContain('Dropped: false');
    expect(texts).not.toContain('Dropped: true');
  });
});

describe('next', () => {
  test('PATCH {at} moves a callback and an auto-solve; deleting a callback = resume', async () => {
    const { number } = await letter();
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600), reason: 'Why' });
    await anna.done('POST', `/tickets/${number}/auto-solve`, { at: inSeconds(9_000) });
    const at = inSeconds(7_200);
    const items = async (): Promise<{ id: string; kind: string; at: string; reason: string }[]> =>
      (await anna.done('GET', `/tickets/${number}/next`)).body.items;
    for (const { id } of await items()) {
      await anna.done('PATCH', `/tickets/${number}/next/${id}`, { at });
    }
    const moved = await items();
    expect(moved.map((item) => [item.kind, item.at]).sort()).toEqual([
      ['autoSolve', at],
      ['callback', at],
    ]);
    expect(moved.find(({ kind }) => kind === 'callback')?.reason).toBe('Why');
    for (const { id } of moved) await anna.done('DELETE', `/tickets/${number}/next/${id}`);
    expect(await show(number)).toMatchObject({ state: 'open', autoSolveAt: null });
  });

  test('PATCH into the past is 422 date_in_past; of nothing 404', async () => {
    const { number } = await letter();
    await anna.done('POST', `/tickets/${number}/pend`, { until: inSeconds(3_600) });
    const { body } = await anna.done('GET', `/tickets/${number}/next`);
    const at = '2020-01-01T00:00:00Z';
    const path = `/tickets/${number}/next`;
    expect(refusalOf(await anna.call('PATCH', `${path}/${body.items[0].id}`, { at }))).toEqual({
      status: 422,
      code: 'date_in_past',
    });
    expect(refusalOf(await anna.call('PATCH', `${path}/nothing`, { at: inSeconds(60) }))).toEqual({
      status: 404,
      code: 'not_found',
    });
  });

  test('close is listed only', async () => {
    const { number } = await letter();
    await anna.done('POST', `/tickets/${number}/solve`, { summary: false });
    const { body } = await anna.done('GET', `/tickets/${number}/next`);
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        kind: 'close',
        at: expect.stringMatching(ISO),
        by: null,
        reason: null,
      },
    ]);
    const path = `/tickets/${number}/next/${body.items[0].id}`;
    for (const answer of [
      await anna.call('PATCH', path, { at: inSeconds(60) }),
      await anna.call('DELETE', path),
    ]) {
      expect(refusalOf(answer)).toEqual({ status: 409, code: 'not_allowed' });
      expect(answer.body).toMatchObject({ state: 'solved', allowed: [] });
    }
  });
});

describe('then', () => {
  test('pend puts on hold when the undo time is over', async () => {
    const { number } = await letter();
    const until = inSeconds(3_600);
    await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Asked the supplier',
      undoSeconds: 1,
      then: { pend: { until, reason: 'the supplier' } },
    });
    expect(await show(number)).toMatchObject({ state: 'open' });
    await eventually('pending ticket', async () => (await show(number))['state'] === 'pending');
    expect((await show(number))['pendingUntil']).toBe(until);
  });

  test('solve solves, with the summary that was asked for', async () => {
    const { number, from } = await letter();
    await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Done',
      undoSeconds: 0,
      then: { solve: { summary: true } },
    });
    expect(await show(number)).toMatchObject({ state: 'solved' });
    await mailTo(from, ({ headers }) => headers['auto-submitted'] === 'auto-replied');
  });

  test('undone, neither happens', async () => {
    const { number } = await letter();
    const { body } = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'x',
      undoSeconds: 30,
      then: { solve: { summary: false } },
    });
    await anna.done('DELETE', `/messages/${body.message.id}`);
    expect(await show(number)).toMatchObject({ state: 'open' });
    expect((await anna.done('GET', `/tickets/${number}/next`)).body.items).toEqual([]);
  });
});

describe('seen', () => {
  test('the last timeline id; what is newer is 409 news, and nothing is sent', async () => {
    const { number, from } = await letter();
    const seen = (await timeline(anna, number)).at(-1)?.['id'];
    await write(desk.admin, { to: desk.mailbox.address, from, subject: `More [#${number}]` });
    const answer = await anna.call('POST', `/tickets/${number}/reply`, { text: 'x', seen });
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'news' });
    expect(await show(number)).toMatchObject({ state: 'new' });
    const now = (await timeline(anna, number)).at(-1)?.['id'];
    const again = await anna.call('POST', `/tickets/${number}/reply`, { text: 'x', seen: now });
    expect(again.status).toBe(202);
  });

  test('an answer by somebody else is news too, a note is not', async () => {
    const { number } = await letter();
    const seen = (await timeline(anna, number)).at(-1)?.['id'];
    await bo.done('POST', `/tickets/${number}/notes`, { text: 'Careful' });
    expect((await bo.call('POST', `/tickets/${number}/reply`, { text: 'a', seen })).status).toBe(
      202,
    );
    const answer = await anna.call('POST', `/tickets/${number}/reply`, { text: 'b', seen });
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'news' });
  });
});

describe('a mail that needs a person', () => {
  const sendTo = async (address: string) => {
    const { number } = await letter({ from: address });
    const { body } = await anna.done('POST', `/tickets/${number}/reply`, {
      text: 'Hello',
      undoSeconds: 0,
    });
    return { number, id: String(body.message.id) };
  };
  const listed = (state: string, id: string) =>
    eventually(`${state} mail`, async () => {
      const { body } = await anna.done('GET', `/messages?state=${state}&limit=200`);
      return body.items.find((item: { id: string }) => item.id === id);
    });

  test('refused for good is failed, in the server’s words; its writer is reminded', async () => {
    const { number, id } = await sendTo(`refuse-me@${desk.id}.test`);
    const item = await listed('failed,uncertain', id);
    expect(item).toMatchObject({ id, state: 'failed', ticket: { number } });
    expect(item.reason).toContain('no such user here');
    const { body } = await anna.done('GET', '/reminders');
    expect(body.items[0]).toMatchObject({ kind: 'delivery_failed', ticket: { number } });
    expect((await anna.done('GET', '/views')).body.notDelivered).toBeGreaterThan(0);
  });

  test('POST /messages/ID/resend {to?} sends it again, to another address', async () => {
    const { number, id } = await sendTo(`refuse-resend@${desk.id}.test`);
    await listed('failed', id);
    const to = `right@${desk.id}.test`;
    const answer = await anna.call('POST', `/messages/${id}/resend`, { to });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ message: { id } });
    await mailTo(to);
    await eventually('sent mail', async () => (await stateOf(number, id)) === 'sent');
  });

  test('cut off after its content is uncertain, and not sent again by itself', async () => {
    const { number, id } = await sendTo(`vanish-me@${desk.id}.test`);
    await listed('uncertain', id);
    expect(await stateOf(number, id)).toBe('uncertain');
    const answer = await anna.call('POST', `/messages/${id}/arrived`);
    expect(answer.status).toBe(200);
    expect(await stateOf(number, id)).toBe('sent');
    expect(await mailsTo(`vanish-me@${desk.id}.test`)).toHaveLength(1);
  });

  test('refused for now is still sending, with the words and the next try', async () => {
    const { number, id } = await sendTo(`defer-me@${desk.id}.test`);
    const entry = await eventually('deferred mail', async () => {
      const found = (await timeline(anna, number)).find(({ message }) => message === id);
      return found?.['nextTryAt'] ? found : null;
    });
    expect(entry).toMatchObject({ state: 'sending', nextTryAt: expect.stringMatching(ISO) });
    expect(entry['reason']).toContain('try again later');
  });

  test('that was sent cannot be sent again', async () => {
    const { id } = await sendTo(`fine@${desk.id}.test`);
    await mailTo(`fine@${desk.id}.test`);
    const answer = await eventually('refusal', async () => {
      const said = await anna.call('POST', `/messages/${id}/resend`, {});
      return said.body.state === 'sent' ? said : null;
    });
    expect(refusalOf(answer)).toEqual({ status: 409, code: 'not_allowed' });
  });

  test('is listed by states, and an unknown state is refused', async () => {
    expect((await anna.call('GET', '/messages')).status).toBe(200);
    const answer = await anna.call('GET', '/messages?state=lost');
    expect(refusalOf(answer)).toEqual({ status: 400, code: 'validation' });
  });
});
