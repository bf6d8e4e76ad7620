import { afterAll, beforeAll, expect } from 'vitest';
import type { AgentWindow } from './agent-window.ts';
import { type Desk, makeDesk, stepsOf } from './shared-desk.ts';

const START_MS_MAX = 60_000;
const TICKETS = 10_000;
/** Their numbers go down from here: the newest has the highest one and stands first. */
const NEWEST = 20_000;
/** So many rows are scrolled through: further down nothing is different. */
const DEEP = 400;
/** A screen shows 18 rows. */
const DRAWN_MAX = 250;
const MESSAGES = 200;
/** Tickets that are opened and left again. */
const VISITS = 6;

let desk: Desk;
let bo: AgentWindow;
const step = stepsOf(() => desk);

beforeAll(async () => {
  desk = await makeDesk({ agents: ['Bo Lindqvist'] });
}, START_MS_MAX);

afterAll(() => desk.close());

/** Rows as the projection leaves them, after the one that a mail made. */
async function fillDesk(): Promise<void> {
  await desk.database.withCompany(desk.id, async (trx) => {
    await trx.raw(
      `insert into customer (company, id, name, email)
       values (?, 'many', 'Customer of many', ?)`,
      [desk.id, desk.customerAt('many')],
    );
    await trx.raw(
      `insert into ticket (company, number, state_version, folded, state, customer, mailbox,
         subject, snippet, waiting_since, last_message_at, created_at, last_customer_seq)
       select ?, ?::int - g, 1,
         t.folded || jsonb_build_object('number', ?::int - g, 'customer', 'many'),
         'new', 'many', ?, 'Question ' || g, 'The words of it', at, at, at, 2
       from ticket t, generate_series(0, ?::int - 1) g,
         lateral (select now() - make_interval(mins => g + 1) as at) h
       where t.number = 1`,
      [desk.id, NEWEST, NEWEST, desk.mailbox.id, TICKETS],
    );
  });
}

/** Many mails into the log of ticket 1, after what its first mail made of it. */
async function growTicket(): Promise<void> {
  await desk.database.withCompany(desk.id, async (trx) => {
    await trx.raw(
      `insert into message (company, id, ticket, direction, kind, mailbox, from_name,
         from_address, subject, text, reply_text, snippet, at)
       select ?, 'many-' || g, 1, 'in', 'customer', ?, 'Eleanor Hughes', ?, 'A long story',
         'Part ' || g || ' of the story.', 'Part ' || g || ' of the story.', 'Part ' || g,
         now() + make_interval(secs => g)
       from generate_series(2, ?::int) g`,
      [desk.id, desk.mailbox.id, desk.customer.address, MESSAGES],
    );
    await trx.raw(
      `insert into ticket_event
         (company, ticket, seq, at, actor, command, command_hash, type, data)
       select ?, 1, 100 + g, now() + make_interval(secs => g), '{"kind":"customer"}',
         'many-' || g, 'hash', 'received',
         json_build_object('type', 'received', 'mail', 'many-' || g, 'message', 'many-' || g,
           'automatic', false)
       from generate_series(2, ?::int) g`,
      [desk.id, MESSAGES],
    );
    await trx('ticket')
      .where({ number: 1 })
      .update({ seq: 100 + MESSAGES });
  });
}

interface Row {
  place: number;
  number: number;
}

/** The rows that are drawn, and the part of the list that is in view. */
const drawn = () =>
  bo.page.getByRole('list', { name: 'New tickets' }).evaluate((list): Row[] =>
    [...list.querySelectorAll('[data-number]')].map((row) => ({
      place: Number(row.getAttribute('aria-posinset')),
      number: Number(row.getAttribute('data-number')),
    })),
  );
const scroller = () => bo.page.getByRole('list', { name: 'New tickets' });
const scrollTop = () => scroller().evaluate((list) => list.scrollTop);
/** The row that has the focus, and whether all of it is in view. */
const focused = () =>
  scroller().evaluate((list) => {
    const row = list.ownerDocument.activeElement?.closest('[data-number]');
    const { top = -1, bottom = -1 } = row?.getBoundingClientRect() ?? {};
    const frame = list.getBoundingClientRect();
    const seen = top >= frame.top - 1 && bottom <= frame.bottom + 1;
    return { place: Number(row?.getAttribute('aria-posinset')), seen };
  });

step(
  'a list of 10,000 goes on as one scrolls, in order, and few rows are drawn',
  async () => {
    await desk.write({ subject: 'A long story', text: 'Part 1 of the story.' });
    const first = async () => (await desk.admin.api.list('/tickets?view=new')).length;
    await expect.poll(first, { timeout: 20_000 }).toBe(1);
    await fillDesk();
    bo = await desk.open(desk.agent('Bo Lindqvist'), '/new');
    await bo.sees(bo.ticket('Question 0'));

    const places = new Map<number, number>();
    const further = async () => {
      const rows = await drawn();
      expect(rows.length).toBeLessThan(DRAWN_MAX);
      for (const { place, number } of rows) places.set(place, number);
      await scroller().evaluate((list) => (list.scrollTop += list.clientHeight));
      return Math.max(...places.keys());
    };
    await expect.poll(further, { timeout: 30_000, interval: 20 }).toBeGreaterThan(DEEP);
    const numbers = Array.from({ length: DEEP }, (_, place) => places.get(place + 1));
    // The real ticket is the newest.
    const wanted = Array.from({ length: DEEP - 1 }, (_, place) => NEWEST - place);
    expect(numbers).toEqual([1, ...wanted]);
  },
  60_000,
);

step('J and K walk on from what is in view', async () => {
  await bo.page.keyboard.press('j');
  await expect.poll(async () => (await focused()).place).toBeGreaterThan(DEEP - 100);
  const { place } = await focused();
  for (let times = 0; times < 15; times += 1) await bo.page.keyboard.press('j');
  await expect.poll(focused).toEqual({ place: place + 15, seen: true });
  for (let times = 0; times < 20; times += 1) await bo.page.keyboard.press('k');
  await expect.poll(focused).toEqual({ place: place - 5, seen: true });
});

step('who comes back from a ticket finds the list where it was', async () => {
  const before = await scrollTop();
  expect(before).toBeGreaterThan(10_000);
  await bo.page.keyboard.press('Enter');
  await expect.poll(() => bo.page.locator('.listcol [aria-current]').isVisible()).toBe(true);
  await bo.page.goBack();
  await bo.sees(scroller());
  await expect.poll(scrollTop).toBe(before);
});

/** Elements and texts that anything still holds, also those that are on no page any more. */
async function nodesKept(): Promise<number> {
  const session = await bo.page.context().newCDPSession(bo.page);
  await session.send('HeapProfiler.collectGarbage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return nodes;
}

step('tickets and lists that were left leave nothing in memory', async () => {
  const there = bo.page.locator('.listcol [aria-current]');
  const visit = async () => {
    await bo.page.keyboard.press('j');
    await bo.page.keyboard.press('Enter');
    await there.waitFor();
    await bo.page.goBack();
    await bo.sees(scroller());
  };
  // What is made once and stays, as the editor's code does, is made.
  for (let times = 0; times < 2; times += 1) await visit();
  const before = await nodesKept();
  for (let times = 0; times < VISITS; times += 1) await visit();
  // Each that is kept would be as much again; a page that goes may live a moment longer.
  await expect.poll(nodesKept).toBeLessThan(before * 2);
});

step('a ticket of 200 mails opens at its newest, and shows the others when asked', async () => {
  await growTicket();
  await bo.page.goto('/tickets/1?view=new');
  const newest = bo.mail(`Part ${MESSAGES} of the story.`);
  await bo.sees(newest);
  const inView = () =>
    newest.evaluate(
      (mail) =>
        mail.getBoundingClientRect().top < (mail.ownerDocument.defaultView?.innerHeight ?? 0),
    );
  await expect.poll(inView).toBe(true);
  await bo.sees(bo.mail('Part 1 of the story.'));
  const mails = bo.page.getByRole('article');
  expect(await mails.count()).toBeLessThan(50);
  await bo.page.getByRole('button', { name: /^Show \d+ earlier entries$/ }).click();
  await expect.poll(() => mails.count()).toBe(MESSAGES);
  await bo.sees(bo.mail('Part 100 of the story.'));
  expect(bo.errors).toEqual([]);
});
