import type { CompanyTransaction, Database } from '../../database/client.ts';
import { project } from '../../database/queries/project.ts';
import { appendEvents, lockTicket } from '../../database/queries/ticket-log.ts';
import type { EventBody } from '../../domain/ticket/events.ts';
import { evolve } from '../../domain/ticket/evolve.ts';
import { emptyTicket } from '../../domain/ticket/ticket.ts';
import type { Actor } from '../../domain/ticket/ticket.ts';

/** What a test says happened; the rest is filled in. */
export interface Happening {
  by?: Actor;
  /** ISO 8601; default: a minute after the one before. */
  at?: string;
  event: EventBody;
}

const MINUTE_MS = 60_000;
const FIRST_AT = Date.parse('2026-11-19T16:20:00.000Z');

/** A company with two agents, a team each, a mailbox and a customer; ids begin with its name. */
export interface Desk {
  company: string;
  anna: string;
  bo: string;
  support: string;
  billing: string;
  mailbox: string;
  customer: string;
  in<T>(work: (trx: CompanyTransaction) => Promise<T>): Promise<T>;
}

/** Anna (admin) is in Support, Bo in Support and Billing. */
export async function createDesk(database: Database, company: string): Promise<Desk> {
  const id = (name: string) => `${company}-${name}`;
  const desk: Desk = {
    company,
    anna: id('anna'),
    bo: id('bo'),
    support: id('support'),
    billing: id('billing'),
    mailbox: id('mailbox'),
    customer: id('eleanor'),
    in: (work) => database.withCompany(company, work),
  };
  await desk.in(async (trx) => {
    await trx('company').insert({ id: company, name: company });
    await trx('agent').insert([
      { company, id: desk.anna, name: 'Anna Berg', email: `anna@${company}.test`, role: 'admin' },
      { company, id: desk.bo, name: 'Bo Lindqvist', email: `bo@${company}.test`, role: 'agent' },
    ]);
    await trx('team').insert([
      { company, id: desk.support, name: 'Support' },
      { company, id: desk.billing, name: 'Billing' },
    ]);
    await trx('agent_team').insert([
      { company, agent: desk.anna, team: desk.support },
      { company, agent: desk.bo, team: desk.support },
      { company, agent: desk.bo, team: desk.billing },
    ]);
    const address = `support@${company}.test`;
    await trx('mailbox').insert({ company, id: desk.mailbox, address, name: 'Acme Support' });
    const email = 'eleanor@brightmail.test';
    await trx('customer').insert({ company, id: desk.customer, name: 'Eleanor Hughes', email });
    await trx('customer_address').insert({ company, address: email, customer: desk.customer });
  });
  return desk;
}

/** Writes events into a ticket's log and brings the read tables up to them. */
export async function happen(
  desk: Desk,
  number: number,
  happenings: readonly Happening[],
): Promise<void> {
  await desk.in(async (trx) => {
    const before = (await lockTicket(trx, number)) ?? emptyTicket(number);
    let after = before;
    const events = happenings.map(({ by, at, event }) => {
      const seq = after.seq + 1;
      const made = {
        ...event,
        seq,
        at: at ?? new Date(FIRST_AT + (number * 100 + seq) * MINUTE_MS).toISOString(),
        by: by ?? ({ kind: 'desk' } as const),
        command: `command-${number}-${seq}`,
      };
      after = evolve(after, made);
      return made;
    });
    await appendEvents(trx, number, events, 'hash');
    await project(trx, before, after, events);
  });
}

/** An agent's answer that leaves at once, unless `facts` say otherwise. */
export function answerQueued(
  writer: string,
  message: string,
  facts: Partial<Extract<EventBody, { type: 'queued' }>> = {},
) {
  return {
    by: { kind: 'agent', id: writer },
    event: {
      type: 'queued',
      message,
      kind: 'reply',
      writer,
      leaveAt: null,
      later: false,
      dropIfCustomerWrites: false,
      then: null,
      upTo: null,
      to: null,
      ...facts,
    },
  } as const;
}

/** The events of a ticket's beginning, with the rows that they name. */
export async function customerWrote(
  desk: Desk,
  number: number,
  mail: { subject: string; text: string; team?: string | null },
): Promise<void> {
  const { company, mailbox, customer } = desk;
  const names = { mail: `${company}-mail-${number}`, message: `${company}-in-${number}` };
  const at = new Date(FIRST_AT + number * 100 * MINUTE_MS).toISOString();
  await desk.in(async (trx) => {
    await trx('mail').insert({
      company,
      id: names.mail,
      via: 'smtp',
      received_at: at,
      raw_hash: '0'.repeat(64),
      raw_bytes: 100,
      envelope_to: [`support@${company}.test`],
      remote_address: '203.0.113.84',
      message_id: `first-${number}@brightmail.test`,
      content_key: `key-${number}`,
      from_name: 'Eleanor Hughes',
      from_address: 'eleanor@brightmail.test',
      subject: mail.subject,
      mailbox,
      customer,
      ticket: number,
      new_ticket: true,
      outcome: 'new_ticket',
      reason: `New ticket ${number}.`,
      message: names.message,
    });
    await trx('message').insert({
      company,
      id: names.message,
      ticket: number,
      direction: 'in',
      kind: 'customer',
      mail: names.mail,
      customer,
      message_id: `first-${number}@brightmail.test`,
      from_name: 'Eleanor Hughes',
      from_address: 'eleanor@brightmail.test',
      recipients: [`support@${company}.test`],
      subject: mail.subject,
      text: mail.text,
      reply_text: mail.text,
      snippet: mail.text.slice(0, 100),
      at,
    });
    const text = { company, id: `subject-${number}`, ticket: number, text: mail.subject };
    await trx('ticket_text').insert(text);
  });
  const by = { kind: 'customer' } as const;
  const team = mail.team ?? null;
  const subject = `subject-${number}`;
  await happen(desk, number, [
    {
      by,
      event: { type: 'created', via: 'mail', mailbox, customer, team, subject, followUpOf: null },
    },
    { by, event: { type: 'received', mail: names.mail, message: names.message, automatic: false } },
  ]);
}
