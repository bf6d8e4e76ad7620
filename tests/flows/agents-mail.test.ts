import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailRow } from '../../database/rows.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { sweepMail } from '../../intake/sweep.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { parseStored } from '../../mail/parsing/parse-stored.ts';
import { resolveFrom } from '../../mail/testing/zone.ts';
import { askUntil } from './ask-until.ts';
import { arrivalOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { newTicket, ticketOf } from './one-ticket.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

const zone = {
  'TXT agents.test': [['v=spf1 ip4:203.0.113.84 -all']],
  'TXT _dmarc.agents.test': [['v=DMARC1; p=reject']],
};
const BO = 'Bo Ek <bo@agents.test>';
const FORWARD = [
  'Can you take this?',
  '',
  '-------- Original Message --------',
  'From: Carla Jung <carla@brightmail.test>',
  'Sent: Monday, 23 November 2026 10:00',
  'To: Bo Ek',
  'Subject: Lamp',
  '',
  'It flickers.',
].join('\r\n');

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
});
afterAll(() => desk.stop());

async function row(id: string): Promise<MailRow> {
  return desk.in((trx) => trx('mail').where({ id }).first('*'));
}

/** Waits until it is no longer pending. */
async function settled(id: string): Promise<MailRow> {
  return askUntil(async () => {
    const mail = await row(id);
    return mail.outcome === 'pending' ? undefined : mail;
  });
}

async function shown({ message }: MailRow) {
  return desk.in((trx) => trx('message').where({ id: message }).first('*'));
}

/** A mail that is stored, and not read before that is allowed. */
interface Held {
  id: string;
  ticket: number | null;
  /** Lets it be read, and resolves when that is done and its ticket told, or is to be later. */
  read: () => Promise<void>;
}

/** Two mails of an agent who is no customer: the second answers the first before it was read. */
async function twoMails(
  first: Partial<Letter>,
  second: Partial<Letter>,
  { isSecondProven = true } = {},
): Promise<[Held, Held]> {
  const name = `bo${Math.random().toString(36).slice(2)}`;
  const from = BO.replace('bo@', `${name}@`);
  const email = `${name}@agents.test`;
  await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ email }));
  const hold = async (letter: Partial<Letter>, isProven = true): Promise<Held> => {
    const gate: { open: () => void } = { open: () => undefined };
    const opened = new Promise<void>((open) => {
      gate.open = open;
    });
    const parse: typeof parseStored = async (task) => {
      await opened;
      return parseStored(task);
    };
    const handOvers = new HandOvers(desk.database);
    const resolve = isProven ? resolveFrom(zone) : null;
    const intake = { ...desk.intake, resolve, parse, handOvers };
    const [stored] = await takeMail(intake, arrivalOf(desk.company, { from, ...letter }));
    if (!stored) throw new Error('no mailbox took the mail');
    const read = () => {
      gate.open();
      return handOvers.drain();
    };
    return { id: stored.row.id, ticket: stored.row.ticket, read };
  };
  const messageId = `${name}@agents.test`;
  const one = await hold({ messageId, ...first });
  const two = await hold({ inReplyTo: messageId, ...second }, isSecondProven);
  expect(two.ticket).toBe(one.ticket);
  return [one, two];
}

describe('an agent who answers their own mail before that was read', () => {
  const forward = { subject: 'Fwd: Lamp', text: FORWARD };
  const answer = { subject: 'Re: Fwd: Lamp', text: 'A new bulb leaves today.' };

  test('answers the customer whose mail it forwarded', async () => {
    const [first, second] = await twoMails(forward, answer);
    await first.read();
    await settled(first.id);
    await second.read();
    const mail = await settled(second.id);
    expect(mail).toMatchObject({ outcome: 'added', customer: (await row(first.id)).customer });
    expect(await shown(mail)).toMatchObject({ direction: 'out', writer: desk.bo });
    const sent = await desk.sink.next(({ raw }) => raw.includes(answer.text));
    expect(sent.to).toEqual(['carla@brightmail.test']);
  });

  test('waits for the first to be read, whichever is the faster', async () => {
    const [first, second] = await twoMails(forward, answer);
    await second.read();
    expect(await row(second.id)).toMatchObject({ outcome: 'pending', message: null });
    await first.read();
    const { customer } = await settled(first.id);
    await desk.in((trx) => trx('mail').where({ id: second.id }).update('lease_until', null));
    await sweepMail({ ...desk.intake, resolve: resolveFrom(zone) }, 0);
    expect(await settled(second.id)).toMatchObject({ outcome: 'added', customer });
  });

  test('has it kept in the ticket of that customer when nothing proves it', async () => {
    const [first, second] = await twoMails(forward, answer, { isSecondProven: false });
    await first.read();
    await settled(first.id);
    await second.read();
    const mail = await settled(second.id);
    const { customer } = await row(first.id);
    expect(mail).toMatchObject({ outcome: 'automatic', customer });
    expect(await shown(mail)).toMatchObject({ direction: 'in', customer });
  });

  test('writes as any customer where the first asks something itself', async () => {
    const [first, second] = await twoMails({ subject: 'My own lamp' }, { text: 'It is blue.' });
    await first.read();
    const { customer } = await settled(first.id);
    await second.read();
    const mail = await settled(second.id);
    expect(mail).toMatchObject({ outcome: 'added', customer });
    expect(await shown(mail)).toMatchObject({ direction: 'in', customer, automatic: false });
  });
});

describe('a mail that its ticket refuses', () => {
  /** A mail that was read, of a ticket that cannot take it. */
  async function untaken() {
    const { number } = await newTicket(desk);
    const handOvers = new HandOvers(desk.database);
    const workflows = { ...desk.workflows, receive: () => Promise.resolve() };
    const letter = { subject: `Re: A cracked lamp [#${number}]` };
    const arrival = arrivalOf(desk.company, letter);
    const [stored] = await takeMail({ ...desk.intake, handOvers, workflows }, arrival);
    await handOvers.drain();
    const id = stored?.row.id ?? '';
    await desk.in((trx) => trx('mail').where({ id }).update({ customer: null }));
    return { id, ticket: ticketOf(desk, number) };
  }

  test('is parked with the refusal in words, and not brought again', async () => {
    const { id, ticket } = await untaken();
    await desk.workflows.receive({ company: desk.company, number: ticket.number }, id);
    const mail = await settled(id);
    expect(mail).toMatchObject({ outcome: 'parked', ticket: ticket.number, lease_until: null });
    expect(mail.reason).toContain(`There is no mail "${id}" for this ticket.`);
    expect((await ticket.types()).filter((type) => type === 'rejected')).toHaveLength(1);
  });

  test('is not parked by another ticket that is told of it', async () => {
    const { id } = await untaken();
    const other = await newTicket(desk);
    await other.signal('receive', { mail: id });
    await other.event('rejected');
    expect((await row(id)).outcome).toBe('pending');
  });
});
