import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertArticle } from '../../database/queries/articles.ts';
import { addTurn, insertExchange } from '../../database/queries/exchanges.ts';
import type { AssistantMode } from '../../domain/ticket/assistant.ts';
import { solveExchange } from '../../intake/solve-exchange.ts';
import { ticketOf } from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';
import { historyOf, textsOf } from './ticket-history.ts';
import type { SunkMail } from './smtp-sink.ts';

const QUESTION = {
  subject: 'Wash the linen shade',
  text: 'Hello,\n\nhow do I wash the linen shade?\n\nKind regards\nEleanor',
};
const ARTICLE = 'Wash the linen shade by hand in cold water, and let it dry in the dark.';

const ELEANOR = { name: 'Eleanor', email: 'eleanor@brightmail.test' };

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
  await desk.in(async (trx) => {
    const { company } = desk;
    await trx('knowledge_base').insert([
      { company, id: 'help', name: 'Help', public: true },
      { company, id: 'desk', name: 'Desk', public: false },
    ]);
    const made = { language: 'en', published: true };
    const wash = { id: 'wash', title: 'Wash a linen shade', body: ARTICLE };
    await insertArticle(trx, { ...made, ...wash, knowledgeBase: 'help' });
    const inside = { id: 'inside', title: 'Discount codes', body: 'Discount codes: LAMP20 works.' };
    await insertArticle(trx, { ...made, ...inside, knowledgeBase: 'desk' });
  });
});
beforeEach(() =>
  desk.in((trx) => trx('message').where({ direction: 'out' }).update({ at: '2020-01-01' })),
);
afterAll(() => desk.stop());

async function mailboxDoes(assistant: AssistantMode, acknowledge = false): Promise<void> {
  const { company, mailbox: id } = desk;
  await desk.in((trx) => trx('mailbox').where({ company, id }).update({ assistant, acknowledge }));
}

async function asked(letter: { subject: string; text: string }): Promise<OneTicket> {
  return ticketOf(desk, await desk.write(letter));
}

const mailOf = (ticket: OneTicket, of: string): Promise<SunkMail> =>
  desk.sink.next(
    ({ headers }) => headers.messageId?.startsWith(`${of}-${ticket.number}-`) === true,
  );

/** It is our turn. */
const ours = { waitingSince: expect.any(String) };

describe('a question by mail', () => {
  test('is answered from a public article, and the ticket is solved by the assistant', async () => {
    await mailboxDoes('answer', true);
    const ticket = await asked(QUESTION);
    const mail = await mailOf(ticket, 'assistant');
    const raw = mail.raw.toString();
    expect(mail.to).toEqual(['eleanor@brightmail.test']);
    expect(mail.headers.raw.get('auto-submitted')).toEqual(['auto-replied']);
    expect(raw).toContain('cold water');
    expect(raw).toContain(`http://desk.test/help/${desk.company}/wash`);
    expect(raw).toContain('virtual assistant wrote this mail');
    expect(raw).toContain('just answer this mail');
    await ticket.event('delivery', ({ outcome }) => outcome === 'sent');
    expect(await ticket.types()).toEqual([
      ...['created', 'received', 'assistantAsked', 'assistantAnswered'],
      ...['queued', 'sendStarted', 'solved', 'delivery'],
    ]);
    expect(await ticket.state()).toMatchObject({
      owner: null,
      solved: { kind: 'assistant', agent: null },
      assistant: { status: 'answered', mode: 'answer' },
    });
  });

  test('whose answer did not help is new, with the exchange, and not answered twice', async () => {
    await mailboxDoes('answer');
    const ticket = await asked(QUESTION);
    const mail = await mailOf(ticket, 'assistant');
    const inReplyTo = mail.headers.messageId ?? '';
    await ticket.event('delivery');
    await ticket.customerWrites({ inReplyTo, text: 'No, it is velvet.' });
    await ticket.event('reopened');
    await ticket.settled();
    expect(await ticket.state()).toMatchObject({ ...ours, state: 'new', owner: null });
    const types = await ticket.types();
    expect(types.slice(-2)).toEqual(['received', 'reopened']);
    await ticket.reply({ text: 'Then do it like this.' });
    const next = await desk.sink.next(({ raw }) => raw.includes('Then do it like this'));
    expect(next.headers.references).toContain(inReplyTo);
  });

  test('that no public article answers is new, acknowledged, and history says why', async () => {
    await mailboxDoes('answer', true);
    const ticket = await asked({ subject: 'Discount', text: 'Which discount codes are there?' });
    const over = await ticket.event('assistantHandedOver');
    expect(over.reason).toBe('nothing_found');
    await mailOf(ticket, 'acknowledgement');
    expect(await ticket.state()).toMatchObject({ state: 'new', solved: null });
    expect(await ticket.types()).not.toContain('assistantAnswered');
  });

  test('that waits for a person is acknowledged with the articles that answer it', async () => {
    await mailboxDoes('off', true);
    const mail = await mailOf(await asked(QUESTION), 'acknowledgement');
    const raw = mail.raw.toString();
    expect(raw).toContain(`http://desk.test/help/${desk.company}/wash`);
    const other = { subject: 'Discount', text: 'Which discount codes are there?' };
    const bare = await mailOf(await asked(other), 'acknowledgement');
    expect(bare.raw.toString()).not.toContain('/help/');
  });

  test('is acknowledged without articles when looking for them takes too long', async () => {
    await mailboxDoes('off', true);
    const mail = await desk.in(async (trx) => {
      await trx.raw('lock table passage_word in access exclusive mode');
      return mailOf(await asked(QUESTION), 'acknowledgement');
    });
    expect(mail.raw.toString()).not.toContain('/help/');
  });

  test('is only suggested where the mailbox wants that, and acknowledged at once', async () => {
    await mailboxDoes('suggest', true);
    const ticket = await asked(QUESTION);
    const { answer, reason } = await ticket.event('assistantSuggested');
    expect(reason).toBeNull();
    const details = await ticket.handle.query('__temporal_workflow_metadata');
    expect(details).toMatchObject({ currentDetails: expect.stringContaining('suggested') });
    const told = textsOf(await historyOf(ticket)).toLowerCase();
    expect(told).toContain(answer);
    expect(['linen', 'cold water', 'wash'].filter((word) => told.includes(word))).toEqual([]);
    const kept = await desk.in((trx) =>
      trx('assistant_answer').where({ company: desk.company, id: answer }).first(),
    );
    expect(kept).toMatchObject({ ticket: ticket.number, language: 'en' });
    await mailOf(ticket, 'acknowledgement');
    const types = await ticket.types();
    expect(types.indexOf('queued')).toBeLessThan(types.indexOf('assistantAsked'));
    expect(await ticket.state()).toMatchObject({ state: 'new', solved: null });
  });

  test('of a machine is not put to it', async () => {
    await mailboxDoes('answer', true);
    const headers = ['Auto-Submitted: auto-generated'];
    const ticket = ticketOf(desk, await desk.write({ ...QUESTION, headers }));
    await ticket.event('received');
    await ticket.settled();
    expect(await ticket.types()).toEqual(['created', 'received']);
  });

  test('whose answer cannot be delivered is new again', async () => {
    await mailboxDoes('answer');
    desk.sink.behave('refuse');
    const ticket = await asked(QUESTION);
    await ticket.event('reopened', ({ why }) => why === 'delivery');
    desk.sink.behave('accept');
    expect(await ticket.state()).toMatchObject({ ...ours, state: 'new', solved: null });
  });
});

describe('a question on a page', () => {
  const ASKED = { id: 'exchange-1', mailbox: '', days: 7 };

  async function answered(id: string): Promise<{ company: string; exchange: string }> {
    await desk.in(async (trx) => {
      await insertExchange(trx, { ...ASKED, id, hash: id, mailbox: desk.mailbox });
      const source = { article: 'wash', title: 'Wash a linen shade', url: 'http://desk.test/wash' };
      await addTurn(trx, id, {
        ...{ place: 1, days: 7, email: null, language: 'en', reason: null, confidence: 0.9 },
        ...{ question: QUESTION.text, answer: ARTICLE, sources: [source] },
      });
    });
    return { company: desk.company, exchange: id };
  }

  test('that was solved is a run of its own, once, which the customer opens again', async () => {
    const asked = await answered('exchange-1');
    const solve = () => solveExchange(desk.intake, asked, ELEANOR, 7);
    const [one, two] = await Promise.all([solve(), solve()]);
    expect(two).toEqual(one);
    const ticket = ticketOf(desk, one?.number ?? 0);
    expect(await ticket.state()).toMatchObject({ solved: { kind: 'assistant', agent: null } });
    expect(await ticket.types()).toEqual(['created', 'exchanged', 'exchanged', 'deflected']);
    expect(textsOf(await historyOf(ticket)).toLowerCase()).not.toContain('linen');
    const again = { subject: `Linen [#${ticket.number}]`, text: 'It did not help.' };
    expect(await desk.write(again)).toBe(ticket.number);
    await ticket.event('reopened');
    await ticket.settled();
    expect(await ticket.state()).toMatchObject({ ...ours, state: 'new', owner: null });
  });

  test('is a ticket by its own number only, whoever signals', async () => {
    const { exchange } = await answered('exchange-2');
    const ticket = await asked({ subject: 'Other', text: 'Something else?' });
    expect(await ticket.refusal('deflect', { exchange })).toMatchObject({ code: 'not_allowed' });
    const nobody = ticketOf(desk, 4_711);
    expect(await nobody.refusal('deflect', { exchange })).toMatchObject({ code: 'not_found' });
  });
});
