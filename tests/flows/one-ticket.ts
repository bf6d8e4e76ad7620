import type { WorkflowHandle } from '@temporalio/client';
import { newId } from '../../database/new-id.ts';
import { insertOutgoing } from '../../database/queries/outgoing-mail.ts';
import type { OutgoingMail } from '../../database/queries/outgoing-mail.ts';
import { allocateNumber } from '../../database/queries/ticket-log.ts';
import { RefusedError } from '../../domain/errors.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { OutsideCommand } from '../../domain/ticket/commands.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import type { CommandAnswer, CommandArgument } from '../../workflows/messages.ts';
import type { Letter } from './letter.ts';
import { workflowIdOf } from './running-desk.ts';
import type { EventOf, RunningDesk } from './running-desk.ts';

/** One ticket of a desk, and all that a test asks of it. */
export interface OneTicket {
  number: number;
  handle: WorkflowHandle;
  /** An update, as the API sends it. */
  command(name: OutsideCommand, argument?: CommandArgument): Promise<CommandAnswer>;
  /** An update that is refused. */
  refusal(name: OutsideCommand, argument?: CommandArgument): Promise<Refusal>;
  /** What people send by hand: nothing is added. */
  signal(name: string, ...argument: unknown[]): Promise<void>;
  /** Resolves when all that was sent before is recorded. */
  settled(): Promise<void>;
  state(): Promise<unknown>;
  events(): Promise<TicketEvent[]>;
  types(): Promise<TicketEvent['type'][]>;
  event<T extends TicketEvent['type']>(
    type: T,
    fits?: (event: EventOf<T>) => boolean,
  ): Promise<EventOf<T>>;
  /** Stores an answer of Bo's as the API does; sending it takes the command `reply`. */
  draft(answer?: Partial<OutgoingMail>): Promise<string>;
  /** Stores an answer of Bo's and sends it. */
  reply(answer?: Partial<OutgoingMail>): Promise<string>;
  /** The customer writes again. */
  customerWrites(letter?: Partial<Letter>): Promise<void>;
}

export function ticketOf(desk: RunningDesk, number: number): OneTicket {
  const ticket = { company: desk.company, number };
  const handle = desk.client.workflow.getHandle(workflowIdOf(desk, number));
  const command: OneTicket['command'] = (name, argument = {}) =>
    desk.workflows.command(ticket, name, argument);
  const draft: OneTicket['draft'] = (answer = {}) => storeAnswer(desk, number, answer);
  return {
    number,
    handle,
    command,
    refusal: (name, argument) => refusalOf(command(name, argument)),
    signal: (name, ...argument) => handle.signal(name, ...argument),
    settled: async () => void (await command('sync')),
    state: () => handle.query('state'),
    events: () => desk.events(number),
    types: async () => (await desk.events(number)).map(({ type }) => type),
    event: (type, fits) => desk.event(number, type, fits),
    draft,
    reply: async (answer) => {
      const message = await draft(answer);
      await command('reply', { message, by: answer?.writer ?? desk.bo });
      return message;
    },
    customerWrites: async (letter = {}) => {
      const into = await desk.write({ subject: `Re: A cracked lamp [#${number}]`, ...letter });
      if (into !== number) throw new Error(`the mail went into ticket ${into}, not ${number}`);
    },
  };
}

/** A ticket that a customer's mail has just begun. */
export async function newTicket(desk: RunningDesk): Promise<OneTicket> {
  const ticket = ticketOf(desk, await desk.write({}));
  await ticket.event('received');
  return ticket;
}

/** The same, claimed by Bo. */
export async function openTicket(desk: RunningDesk): Promise<OneTicket> {
  const ticket = await newTicket(desk);
  await ticket.command('claim', { agent: desk.bo, by: desk.bo });
  return ticket;
}

export async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
  throw new Error('the command was not refused');
}

async function storeAnswer(
  desk: RunningDesk,
  ticket: number,
  answer: Partial<OutgoingMail>,
): Promise<string> {
  const address = `support@${desk.company}.test`;
  const mail: OutgoingMail = {
    id: newId(),
    ticket,
    kind: 'reply',
    mailbox: { id: desk.mailbox, address, name: 'Acme Support', team: null },
    customer: desk.customer,
    writer: desk.bo,
    recipients: ['eleanor@brightmail.test'],
    cc: [],
    subject: 'A cracked lamp',
    text: 'A new shade leaves tomorrow.',
    html: null,
    snippet: 'A new shade leaves tomorrow.',
    undoSeconds: 0,
    sendAt: null,
    dropIfCustomerWrites: false,
    seen: null,
    then: null,
    ...answer,
  };
  await desk.in((trx) => insertOutgoing(trx, mail));
  return mail.id;
}

/** A ticket that Bo begins, as the API does it. */
export async function composedTicket(
  desk: RunningDesk,
  mail: Partial<OutgoingMail> = {},
): Promise<{ ticket: OneTicket; message: string }> {
  const { company, bo } = desk;
  const number = await desk.in((trx) => allocateNumber(trx));
  const ticket = ticketOf(desk, number);
  const text = 'Your order';
  const subject = { company, id: `subject-${number}`, ticket: number, text };
  await desk.in((trx) => trx('ticket_text').insert(subject));
  const message = await ticket.draft({ kind: 'compose', subject: text, ...mail });
  await ticket.command('compose', { message, by: bo });
  return { ticket, message };
}

export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1_000).toISOString();
}

/** Something that never happens in a test's time, in hours from now. */
export function inHours(hours: number): string {
  return inSeconds(hours * 3_600);
}
