import { beforeAll, describe, expect, test } from 'vitest';

import type { Caller } from './caller.ts';
import { newCompany } from './company.ts';
import type { Company, SignedInAgent } from './company.ts';
import { eventually, inSeconds } from './eventually.ts';
import { newTicket, write } from './letters.ts';
import { refusalOf } from './shown.ts';

let desk: Company;
let anna: SignedInAgent;
let bo: SignedInAgent;
let support: { id: string; name: string };

/** Tickets of the story below, by name. */
const story: Record<string, number> = {};

beforeAll(async () => {
  desk = await newCompany('views');
  support = await desk.team('Support');
  const billing = await desk.team('Billing');
  [anna, bo] = await Promise.all([
    desk.agent('Anna', { teams: [support.id] }),
    desk.agent('Bo', { teams: [support.id, billing.id] }),
  ]);
  const mailboxOf = async (name: string, team: string) => {
    const address = `${name}@${desk.id}.test`;
    await desk.admin.done('POST', '/mailboxes', { address, team });
    return address;
  };
  const [toSupport, toBilling] = await Promise.all([
    mailboxOf('lamps', support.id),
    mailboxOf('invoices', billing.id),
  ]);
  for (const name of ['fresh', 'annas', 'bos', 'shared', 'held', 'done']) {
    story[name] = await newTicket(desk.admin, { to: toSupport, from: `${name}@views.example` });
  }
  story['teamless'] = await newTicket(desk.admin, { to: desk.mailbox.address });
  story['invoice'] = await newTicket(desk.admin, { to: toBilling });
  const on = (name: string, path: string) => `/tickets/${story[name]}/${path}`;
  await anna.done('POST', on('annas', 'claim'));
  await bo.done('POST', on('bos', 'claim'));
  await bo.done('POST', on('shared', 'claim'));
  await bo.done('PUT', on('shared', `participants/${anna.id}`));
  await anna.done('POST', on('held', 'pend'), { until: inSeconds(3_600) });
  await anna.done('POST', on('done', 'solve'), { summary: false });
});

async function numbersIn(caller: Caller, query: string): Promise<number[]> {
  const { body } = await caller.done('GET', `/tickets?${query}`);
  return body.items.map(({ number }: { number: number }) => number);
}

function named(...names: string[]): number[] {
  return names.map((name) => story[name] ?? 0).sort((a, b) => a - b);
}

describe('GET /tickets?view=', () => {
  test.each<[string, string[], string[]]>([
    ['open', ['annas', 'shared'], ['bos', 'shared']],
    ['new', ['fresh', 'teamless'], ['fresh', 'teamless', 'invoice']],
    ['team', ['bos'], ['annas']],
    ['pending', ['held'], []],
    ['solved', ['done'], ['done']],
  ])('%s shows what product.md says, to each agent', async (view, forAnna, forBo) => {
    const shown = async (who: Caller) =>
      (await numbersIn(who, `view=${view}`)).sort((a, b) => a - b);
    expect(await shown(anna)).toEqual(named(...forAnna));
    expect(await shown(bo)).toEqual(named(...forBo));
  });

  test('all shows every ticket of the company, and is the default', async () => {
    const all = await numbersIn(anna, 'view=all');
    expect(all.sort((a, b) => a - b)).toEqual(named(...Object.keys(story)));
    expect(await numbersIn(anna, '')).toEqual(await numbersIn(anna, 'view=all'));
  });

  test('an unknown view or sort is refused, naming the known ones', async () => {
    for (const query of ['view=mine', 'sort=oldest']) {
      const answer = await anna.call('GET', `/tickets?${query}`);
      expect(refusalOf(answer)).toEqual({ status: 400, code: 'validation' });
      expect(answer.body.detail).toMatch(/"all"|"waiting"/);
    }
  });
});

describe('GET /views', () => {
  test('counts what each view holds', async () => {
    const { status, body } = await anna.call('GET', '/views');
    expect(status).toBe(200);
    expect(body).toEqual({ open: 2, new: 2, team: 1, pending: 1, parked: 0, notDelivered: 0 });
    const { body: ofBo } = await bo.done('GET', '/views');
    expect(ofBo).toMatchObject({ open: 2, new: 3, team: 1, pending: 0 });
  });
});

describe('filters', () => {
  test('label=, team= and customer= narrow the list', async () => {
    await anna.done('PUT', `/tickets/${story['annas']}/labels/Blue`);
    expect(await numbersIn(anna, 'label=Blue')).toEqual(named('annas'));
    expect(await numbersIn(anna, 'label=Nothing')).toEqual([]);
    const ofTeam = await numbersIn(anna, `team=${support.id}`);
    expect(ofTeam.sort((a, b) => a - b)).toEqual(
      named('fresh', 'annas', 'bos', 'shared', 'held', 'done'),
    );
    const { body } = await anna.done('GET', `/tickets/${story['annas']}`);
    expect(await numbersIn(anna, `customer=${body.customer.id}`)).toEqual(named('annas'));
  });

  test('without a value are as good as not given', async () => {
    const blank = 'view=open&label=&q=&team=&customer=&sort=&limit=&cursor=';
    expect(await numbersIn(anna, blank)).toEqual(await numbersIn(anna, 'view=open'));
    expect(refusalOf(await anna.call('GET', '/tickets?nonsense='))).toMatchObject({ status: 400 });
  });

  test('q= finds words of subjects, mails and notes, and the customer', async () => {
    const number = await newTicket(desk.admin, {
      to: desk.mailbox.address,
      from: 'Ottilie Quast <ottilie@views.example>',
      subject: 'Wackelkontakt',
      text: 'Die Fassung knistert.',
    });
    for (const q of ['wackelkontakt', 'knistert', 'ottilie', 'quast', String(number)]) {
      expect({ q, found: await numbersIn(anna, `q=${q}`) }).toEqual({
        q,
        found: expect.arrayContaining([number]),
      });
    }
    expect(await numbersIn(anna, 'q=nothingofthekind')).toEqual([]);
  });
});

describe('sort', () => {
  test('newest activity first is the default; waiting puts the longest-waiting first', async () => {
    const from = 'fresh@views.example';
    const { ticket } = await write(desk.admin, {
      to: desk.mailbox.address,
      from,
      subject: `More [#${story['fresh']}]`,
    });
    expect((await numbersIn(anna, 'sort=newest'))[0]).toBe(ticket);
    expect(await numbersIn(anna, '')).toEqual(await numbersIn(anna, 'sort=newest'));
    await anna.done('POST', `/tickets/${story['annas']}/reply`, { text: 'x', undoSeconds: 0 });
    const { body } = await anna.done('GET', '/tickets?sort=waiting');
    const turns = body.items.map(({ turn }: { turn: string }) => turn);
    expect(turns).toEqual([...turns].sort((a, b) => (a === b ? 0 : a === 'ours' ? -1 : 1)));
    const waiting = body.items
      .map(({ waitingSince }: { waitingSince: string | null }) => waitingSince)
      .filter((since: string | null) => since !== null);
    expect(waiting).toEqual([...waiting].sort());
  });
});

describe('cursors', () => {
  const whole = (path: string) => path.replace('?', '?limit=200&');
  const ids = (items: { id?: string; number?: number }[]) =>
    items.map(({ id, number }) => id ?? number);

  async function paged(caller: Caller, path: string): Promise<unknown[]> {
    const found: unknown[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `cursor=${encodeURIComponent(cursor)}&`;
      const { body } = await caller.done('GET', path.replace('?', `?limit=2&${more}`));
      expect(body.items.length).toBeLessThanOrEqual(2);
      found.push(...ids(body.items));
      cursor = body.nextCursor;
    } while (cursor !== null);
    return found;
  }

  test.each([
    '/tickets?sort=newest',
    '/tickets?sort=waiting',
    '/tickets?view=new',
    '/tickets?view=open&sort=waiting',
    '/tickets?q=lamp',
    '/mails?',
    '/mails?outcome=new_ticket',
  ])('page %s: each item once, in the same order', async (path) => {
    const { body } = await anna.done('GET', whole(path));
    expect(body.items.length).toBeGreaterThan(1);
    expect(await paged(anna, path)).toEqual(ids(body.items));
  });

  test('page reminders, mails not delivered and a customer’s tickets', async () => {
    const from = 'refuse-often@views.example';
    for (const text of ['a', 'b', 'c']) {
      const number = await newTicket(desk.admin, { to: desk.mailbox.address, from });
      await bo.done('POST', `/tickets/${number}/reply`, { text, undoSeconds: 0 });
    }
    await eventually('three failures', async () => {
      return (await bo.done('GET', '/messages?')).body.items.length === 3;
    });
    const { body: found } = await bo.done('GET', `/tickets?q=refuse-often`);
    const customer: string = found.items[0].customer.id;
    for (const path of [
      '/reminders?',
      '/messages?state=failed',
      `/customers/${customer}/tickets?`,
    ]) {
      const { body } = await bo.done('GET', whole(path));
      expect(body.items.length).toBeGreaterThan(2);
      expect({ path, paged: await paged(bo, path) }).toEqual({ path, paged: ids(body.items) });
    }
  });
});

describe('a customer', () => {
  test('has name, addresses, notes and earlier tickets', async () => {
    const { body: ticket } = await anna.done('GET', `/tickets/${story['bos']}`);
    const path = `/customers/${ticket.customer.id}`;
    const note = await anna.call('POST', `${path}/notes`, { text: 'Prefers the phone' });
    expect(note.status).toBe(201);
    expect(note.body).toMatchObject({ text: 'Prefers the phone', by: { id: anna.id } });
    const { body } = await bo.done('GET', path);
    expect(body).toMatchObject({
      id: ticket.customer.id,
      email: 'bos@views.example',
      addresses: ['bos@views.example'],
      notes: [note.body],
    });
    const again = await newTicket(desk.admin, {
      to: desk.mailbox.address,
      from: 'bos@views.example',
    });
    const tickets = await anna.done('GET', `${path}/tickets`);
    expect(tickets.body.items.map(({ number }: { number: number }) => number)).toEqual([
      again,
      story['bos'],
    ]);
  });

  test.each([
    ['of nobody', '/customers/nothing', { name: 'x' }, 404, 'not_found'],
    ['to no address', null, { email: 'nobody' }, 400, 'validation'],
    ['to the address of another', null, { email: 'annas@views.example' }, 409, 'already_exists'],
  ])('PATCH %s is refused', async (_, path, change, status, code) => {
    const { body } = await anna.done('GET', `/tickets/${story['bos']}`);
    const answer = await anna.call('PATCH', path ?? `/customers/${body.customer.id}`, change);
    expect(refusalOf(answer)).toEqual({ status, code });
  });
});
