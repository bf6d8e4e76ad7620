import { assertNever } from '../errors.ts';
import type { EventOf } from './events.ts';
import { isAgentsOwn } from './ticket.ts';
import type { Send, Ticket } from './ticket.ts';

/** What a mail on its way changes. */
export function sent(
  ticket: Ticket,
  event: EventOf<'queued' | 'sendStarted' | 'sendCancelled' | 'sendMoved' | 'delivery'>,
): Partial<Ticket> {
  const known = ticket.sends[event.message];
  switch (event.type) {
    case 'queued':
      return { sends: { ...ticket.sends, [event.message]: queuedSend(event) } };
    case 'sendStarted': {
      if (!known) return {};
      const { attempt, at } = event;
      const since = known.since ?? at;
      const sending = { state: 'sending', at: null, attempt, since, startedAt: at } as const;
      const send: Send = { ...known, ...sending, then: null };
      const sends = { ...ticket.sends, [event.message]: send };
      if (!isAgentsOwn(event.kind) || known.state !== 'waiting') return { sends };
      return { sends, ...spoke(ticket, known, event) };
    }
    case 'sendMoved': {
      if (!known) return {};
      const send: Send = { ...known, at: event.leaveAt, later: true };
      return { sends: { ...ticket.sends, [event.message]: send } };
    }
    case 'delivery':
      if (event.outcome === 'deferred' && known) {
        const send: Send = { ...known, state: 'deferred', at: event.next };
        return { sends: { ...ticket.sends, [event.message]: send } };
      }
      return { sends: without(ticket.sends, event.message), ...reached(ticket, event) };
    case 'sendCancelled':
      return { sends: without(ticket.sends, event.message) };
    default:
      return assertNever(event);
  }
}

/**
 * Our side spoke: it is the customer's turn, unless the customer wrote while the mail waited, and
 * others who write an answer now are told.
 */
function spoke(
  { waitingSince, lastReply, answer }: Ticket,
  { seq, writer, overtakenAt }: Send,
  event: { at: string; message: string },
): Partial<Ticket> {
  const answered = waitingSince === null || overtakenAt === null;
  return {
    waitingSince: answered ? null : latest(waitingSince, overtakenAt),
    lastReply: lastReply && lastReply.seq > seq ? lastReply : { seq, writer },
    answer: { message: event.message, waited: waitingSince ?? answer?.waited ?? null, lost: false },
    lastMessage: event.message,
    lastMessageAt: event.at,
  };
}

/**
 * An answer that did not arrive answers nothing: the turn is ours again, as if it had not been
 * written, until it is known to have arrived after all.
 */
function reached(ticket: Ticket, { message, outcome, at }: EventOf<'delivery'>): Partial<Ticket> {
  const { answer, waitingSince, state } = ticket;
  if (answer?.message !== message) return {};
  if (outcome === 'failed' || outcome === 'bounced') {
    if (waitingSince !== null) return {};
    if (state === 'solved') return { answer: { ...answer, lost: true } };
    return { answer: { ...answer, lost: true }, ...waitsAgain(ticket, at) };
  }
  const arrived = answer.lost && (outcome === 'arrived' || outcome === 'sent');
  return arrived ? { answer: { ...answer, lost: false }, waitingSince: null } : {};
}

/** The customer waits for a person, since before the answer that was lost. */
export function waitsAgain({ answer }: Ticket, at: string): Partial<Ticket> {
  return { waitingSince: answer?.waited ?? at };
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}

/** The mails that wait, marked as written before the customer's newest one. */
export function overtaken(sends: Ticket['sends'], at: string): Ticket['sends'] {
  const marked = Object.entries(sends).map(([message, send]): [string, Send] => [
    message,
    send.state === 'waiting' ? { ...send, overtakenAt: send.overtakenAt ?? at } : send,
  ]);
  return Object.fromEntries(marked);
}

function queuedSend(event: EventOf<'queued'>): Send {
  const { kind, writer, leaveAt, later, dropIfCustomerWrites, then, seq } = event;
  return {
    state: 'waiting',
    kind,
    writer,
    at: leaveAt,
    attempt: 0,
    since: null,
    startedAt: null,
    later,
    dropIfCustomerWrites,
    then,
    overtakenAt: null,
    seq,
  };
}

function without(sends: Ticket['sends'], message: string): Ticket['sends'] {
  const rest = { ...sends };
  delete rest[message];
  return rest;
}
