import { deskMessageId } from '../../ids.ts';
import type { CommandOf } from '../commands.ts';
import { agentRefusal, isActive, later, refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { MailFact, OriginFact, SaidFact } from '../facts.ts';
import { askAssistant, waitsForAssistant } from './assisting.ts';
import { mayAnswer } from './automatic-limit.ts';
import { deliveryEvents, follows } from './delivery.ts';
import { deskMail, remind } from './reminding.ts';
import { queue } from './sending.ts';

/** A mail of the customer, or of a machine: product.md's `receive` rows. */
export function receive(on: On, command: CommandOf<'receive'>): Decision {
  const { ticket, facts } = on;
  const { mail } = facts;
  if (!mail) return refuse('not_found', `There is no mail "${command.mail}" for this ticket.`);
  if (mail.taken) return { events: [] };
  if (mail.imported) return { events: importedMail(on, mail, mail.imported) };
  if (ticket.seq === 0) return { events: firstMail(on, mail) };
  if (mail.automatic || mail.bounce) return { events: quietMail(on, mail) };
  if (ticket.closed) return { followUp: true };
  const before = [...exchanged(mail.said), receivedBody(mail), ...answered(on)];
  return { events: [...before, ...moved(on, before.length)] };
}

/** What a composed mail or a deflected exchange begins with. */
export function begin(on: On, command: CommandOf<'compose' | 'deflect'>): Decision {
  const { facts, now } = on;
  if (command.type === 'deflect') {
    const { exchange } = facts;
    if (!exchange) return refuse('not_found', `There is no exchange "${command.exchange}".`);
    const closeAt = later(now, facts.settings.reopenWindowMs);
    return {
      events: [
        created('deflect', exchange.origin),
        ...exchanged(exchange.said),
        { type: 'deflected', exchange: command.exchange, closeAt },
      ],
    };
  }
  const { message } = facts;
  if (!message?.origin || message.writer === null) {
    return refuse('not_found', `There is no composed message "${command.message}".`);
  }
  const refusal = agentRefusal(facts, message.writer);
  if (refusal) return { refusal };
  const first: EventBody[] = [
    created('compose', message.origin),
    { type: 'composed', agent: message.writer },
  ];
  const queued = queue(on, message, first.length);
  return 'refusal' in queued ? queued : { events: [...first, ...queued.events] };
}

function created(
  via: Extract<EventBody, { type: 'created' }>['via'],
  origin: OriginFact,
): EventBody {
  return { type: 'created', via, ...origin };
}

function exchanged(said: readonly SaidFact[] = []): EventBody[] {
  return said.map(({ message, side }) => ({ type: 'exchanged', message, side }));
}

function receivedBody(mail: MailFact): EventBody {
  const automatic = mail.automatic || mail.bounce !== null;
  return { type: 'received', mail: mail.id, message: mail.message, automatic };
}

function firstMail(on: On, mail: MailFact): EventBody[] {
  const events = [created(mail.via, mail.origin), ...exchanged(mail.said), receivedBody(mail)];
  if (mail.automatic || mail.bounce) return events;
  const acknowledged = acknowledgement(on, mail, on.ticket.seq + events.length);
  return [...events, ...acknowledged, ...askAssistant(on, mail)];
}

function acknowledgement({ ticket, facts }: On, mail: MailFact, seq: number): EventBody[] {
  if (!mail.acknowledge || waitsForAssistant(mail)) return [];
  if (!mayAnswer(facts)) {
    return [{ type: 'answerHeld', kind: 'acknowledgement', lately: facts.automaticLately }];
  }
  const message = deskMessageId(ticket.number, seq, 'acknowledgement');
  return deskMail(message, 'acknowledgement', seq, null);
}

/**
 * A mail of an archive: nobody is answered and nobody is reminded, whatever state the ticket is in.
 * A conversation that is over begins as a solved ticket, of the time when it took place.
 */
function importedMail(
  { ticket, facts, now }: On,
  mail: MailFact,
  { solved }: NonNullable<MailFact['imported']>,
): EventBody[] {
  const { id, message } = mail;
  const received = { type: 'received', mail: id, message, imported: true } as const;
  if (ticket.seq > 0) return [{ ...received, automatic: true }];
  const begun = [created(mail.via, mail.origin), { ...received, automatic: solved }];
  if (!solved) return begun;
  const closeAt = later(now, facts.settings.reopenWindowMs);
  const over = { kind: 'operations', agent: null, summary: false, summarySkipped: null } as const;
  return [...begun, { type: 'solved', ...over, closeAt }];
}

/** Automatic mail is kept and shown, and changes no state, timer or turn; closed tickets too. */
function quietMail(on: On, mail: MailFact): EventBody[] {
  const received = receivedBody(mail);
  const { bounce } = mail;
  if (!bounce?.failed || !follows(bounce.message.delivery, 'bounced')) return [received];
  const bounced = { outcome: 'bounced', atOnce: false } as const;
  return [received, ...deliveryEvents(on, bounce.message, bounced, 1)];
}

/** What the customer's answer cancels. */
function answered({ ticket }: On): EventBody[] {
  const events: EventBody[] = [];
  if (ticket.autoSolve) {
    events.push({ type: 'autoSolveCancelled', due: ticket.autoSolve.at, why: 'customer' });
  }
  for (const [message, send] of Object.entries(ticket.sends)) {
    if (send.state !== 'waiting' || !send.dropIfCustomerWrites) continue;
    events.push({ type: 'sendCancelled', message, leaveAt: send.at, why: 'customer' });
  }
  return events;
}

function moved(on: On, offset: number): EventBody[] {
  const { ticket, facts } = on;
  const { owner, participants } = ticket;
  const people = [owner, ...participants];
  switch (ticket.state) {
    case 'new':
    case 'open':
      return remind(on, 'customer_replied', people, offset, { mail: false });
    case 'pending': {
      const due = ticket.callback?.at ?? null;
      const resumed: EventBody = { type: 'resumed', why: 'customer', due };
      const told = [...people, ticket.callback?.by ?? null];
      return [resumed, ...remind(on, 'customer_replied', told, offset + 1)];
    }
    case 'solved': {
      const back = isActive(facts, owner) ? owner : null;
      const reopened: EventBody = { type: 'reopened', why: 'customer', owner: back };
      return [reopened, ...remind(on, 'customer_replied', [back], offset + 1)];
    }
  }
}
