import { newId } from '../../database/new-id.ts';
import { addTurn, insertExchange } from '../../database/queries/exchanges.ts';
import { insertArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { insertRating } from '../../database/queries/ratings.ts';
import { solveExchange } from '../../intake/solve-exchange.ts';
import { testLog } from '../../runtime/logger.ts';
import {
  composedTicket,
  inHours,
  inSeconds,
  newTicket,
  openTicket,
  ticketOf,
} from './one-ticket.ts';
import type { OneTicket } from './one-ticket.ts';
import type { RunningDesk } from './running-desk.ts';
import { forCustomers } from './smtp-sink.ts';

/** Lives in which, together, every kind of event happens; by the name of what they are about. */
export const lives: { [name: string]: (desk: RunningDesk) => Promise<OneTicket> } = {
  answered,
  waiting,
  sending,
  closing,
  composed,
  assisted,
  deflected,
};

/** Lives all of them, one after the other. */
export async function liveManyLives(desk: RunningDesk): Promise<OneTicket[]> {
  const tickets: OneTicket[] = [];
  for (const live of Object.values(lives)) tickets.push(await live(desk));
  return tickets;
}

/** Claimed, talked about, answered, solved with a summary, reopened by the customer. */
async function answered(desk: RunningDesk): Promise<OneTicket> {
  const { company, bo, anna, billing } = desk;
  const ticket = await openTicket(desk);
  const [label, note, subject, rating] = [newId(), newId(), newId(), newId()];
  await desk.in(async (trx) => {
    await trx('label').insert({ company, id: label, name: `Label ${label}` });
    const text = { agent: bo, text: 'She sounds upset, @Anna', mentions: [anna] };
    await trx('note').insert({ company, id: note, ticket: ticket.number, ...text });
    const renamed = { company, id: subject, ticket: ticket.number, text: 'A lamp with a crack' };
    await trx('ticket_text').insert(renamed);
    await insertRating(trx, { id: rating, ticket: ticket.number, score: 'okay', comment: '' });
  });
  await ticket.command('label', { label, by: bo });
  await ticket.command('note', { note, by: bo });
  await ticket.command('rename', { subject, by: bo });
  await ticket.command('invite', { agent: anna, by: bo });
  const message = await ticket.reply({ undoSeconds: 1 });
  await ticket.event('delivery', (event) => event.message === message);
  await ticket.command('solve', { summary: true, by: bo });
  await ticket.event('delivery', ({ kind }) => kind === 'summary');
  await ticket.command('rate', { rating });
  await ticket.customerWrites({ inReplyTo: `${message}@${company}.test` });
  await ticket.event('reopened');
  await ticket.command('changeTeam', { team: billing, by: bo });
  await ticket.command('uninvite', { agent: anna, by: bo });
  await ticket.command('unlabel', { label, by: bo });
  await ticket.command('label', { label, by: anna });
  await ticket.command('claim', { agent: anna, by: anna, takeover: true });
  await ticket.command('invite', { agent: bo, by: bo });
  await ticket.settled();
  return ticket;
}

/** Put on hold by hand, back by its date, by the customer and by hand; solves itself. */
async function waiting(desk: RunningDesk): Promise<OneTicket> {
  const ticket = await newTicket(desk);
  const { bo, anna } = desk;
  await ticket.signal('pend', { until: inSeconds(1), reason: 'the supplier calls', by: bo });
  await ticket.event('resumed', ({ why }) => why === 'callback');
  await ticket.command('pend', { until: inHours(1), by: anna });
  await ticket.command('pend', { until: inHours(2), by: anna });
  await ticket.command('autoSolve', { at: inHours(3), by: bo });
  await ticket.customerWrites();
  await ticket.event('resumed', ({ why }) => why === 'customer');
  await ticket.command('pend', { until: inHours(1), by: bo });
  await ticket.command('resume', { by: bo });
  await ticket.command('pend', { until: inHours(1), by: bo });
  await ticket.command('release', { by: bo });
  await ticket.command('assign', { agent: anna, by: bo });
  await ticket.command('autoSolve', { at: inHours(3), by: bo });
  await ticket.command('autoSolve', { at: null, by: bo });
  await ticket.command('autoSolve', { at: inSeconds(1), by: bo });
  await ticket.event('solved', ({ kind }) => kind === 'auto');
  await ticket.signal('resume', {});
  await ticket.signal('explode', { now: true });
  await ticket.command('reopen', { agent: bo, by: bo });
  await ticket.settled();
  return ticket;
}

/** Every way of a mail: taken back, moved, dropped, refused, uncertain, bounced, sent again. */
async function sending(desk: RunningDesk): Promise<OneTicket> {
  const ticket = await openTicket(desk);
  const { bo } = desk;
  const undone = await ticket.reply({ undoSeconds: 30, then: { solve: { summary: false } } });
  await ticket.command('cancelSend', { message: undone, by: bo });
  const later = await ticket.reply({ sendAt: inHours(1) });
  await ticket.command('moveSend', { message: later, at: inHours(2), by: bo });
  await ticket.reply({ sendAt: inHours(1), dropIfCustomerWrites: true });
  await ticket.customerWrites();
  await ticket.event('sendCancelled', ({ why }) => why === 'customer');

  desk.sink.behave(forCustomers('refuse'));
  const refused = await ticket.reply();
  await ticket.event('delivery', (event) => event.message === refused);
  desk.sink.behave(forCustomers('break-after-data'));
  await ticket.command('resend', { message: refused, by: bo });
  await ticket.event('delivery', ({ outcome }) => outcome === 'uncertain');
  await ticket.command('delivery', { message: refused, outcome: 'arrived', by: bo });
  desk.sink.behave(forCustomers('defer'));
  const deferred = await ticket.reply();
  await ticket.event('delivery', (event) => event.message === deferred);
  desk.sink.behave('accept');
  const until = inHours(1);
  const bounced = await ticket.reply({ then: { pend: { until, reason: null } } });
  await ticket.event('delivery', (event) => event.message === bounced);
  await ticket.signal('delivery', { message: bounced, outcome: 'bounced' });
  await ticket.event('resumed', ({ why }) => why === 'delivery');
  await ticket.settled();
  return ticket;
}

/** Solved, closed, labelled afterwards, followed up, reopened by an answer. */
async function closing(desk: RunningDesk): Promise<OneTicket> {
  const { company, bo } = desk;
  const ticket = await openTicket(desk);
  const message = await ticket.reply();
  await ticket.event('delivery');
  await desk.in((trx) => trx('company').update({ reopen_window_ms: 500 }));
  await ticket.command('solve', { summary: false, by: bo });
  await ticket.event('closed');
  await desk.in((trx) => trx('company').update({ reopen_window_ms: null }));
  const label = newId();
  await desk.in((trx) => trx('label').insert({ company, id: label, name: `Label ${label}` }));
  await ticket.command('label', { label, by: bo });
  const followUp = await desk.write({ inReplyTo: `${message}@${company}.test` });
  await desk.event(followUp, 'received');
  await ticket.event('followedUp');
  await ticket.reply({ writer: desk.anna });
  await ticket.event('delivery', ({ seq }) => seq > 8);
  await ticket.settled();
  return ticket;
}

/** Begun by an agent. */
async function composed(desk: RunningDesk): Promise<OneTicket> {
  const { ticket } = await composedTicket(desk);
  await ticket.event('delivery');
  await ticket.command('settle');
  await ticket.settled();
  return ticket;
}

/** Answered by the assistant, which did not help, and by Bo then. */
async function assisted(desk: RunningDesk): Promise<OneTicket> {
  const { company, bo, mailbox: id } = desk;
  const base = newId();
  const words = { title: 'Wash a linen shade', body: 'Wash the linen shade in cold water.' };
  await desk.in(async (trx) => {
    await insertKnowledgeBase(trx, { id: base, name: base, public: true });
    await insertArticle(trx, { id: newId(), knowledgeBase: base, published: true, ...words });
    await trx('mailbox').where({ company, id }).update({ assistant: 'answer' });
  });
  const asked = { subject: 'Linen shade', text: 'How do I wash the linen shade?' };
  const from = 'Astrid <astrid@brightmail.test>';
  const ticket = ticketOf(desk, await desk.write({ from, ...asked }));
  const { message } = await ticket.event('delivery', ({ kind }) => kind === 'assistant');
  await desk.in((trx) => trx('mailbox').where({ company, id }).update({ assistant: 'off' }));
  const inReplyTo = `${message}.${company}@${company}.test`;
  await ticket.customerWrites({ from, inReplyTo, text: 'It is velvet.' });
  await ticket.event('reopened');
  await ticket.command('claim', { agent: bo, by: bo });
  await ticket.settled();
  return ticket;
}

/** Asked and answered on a page, solved by that, rated, and reopened by an agent. */
async function deflected(desk: RunningDesk): Promise<OneTicket> {
  const { bo, company, database, mailbox, workflows } = desk;
  const [exchange, rating] = [newId(), newId()];
  await desk.in(async (trx) => {
    await insertExchange(trx, { id: exchange, hash: exchange, mailbox, days: 1 });
    await addTurn(trx, exchange, {
      ...{ place: 1, question: 'How do I wash it?', answer: 'In cold water.', reason: null },
      ...{ language: 'en', sources: [], confidence: 0.9, email: null, days: 1 },
    });
  });
  const visitor = { email: 'vera@brightmail.test', name: 'Vera' };
  const dependencies = { database, workflows, logger: testLog };
  const solved = await solveExchange(dependencies, { company, exchange }, visitor, 1);
  const ticket = ticketOf(desk, solved?.number ?? 0);
  await ticket.event('deflected');
  const { number } = ticket;
  await desk.in((trx) =>
    insertRating(trx, { id: rating, ticket: number, score: 'good', comment: 'Quick!' }),
  );
  await ticket.command('rate', { rating });
  await ticket.command('reopen', { agent: bo, by: bo });
  await ticket.settled();
  return ticket;
}
