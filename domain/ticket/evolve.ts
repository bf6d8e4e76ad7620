import { assertNever } from '../errors.ts';
import { assistantAfter } from './assistant.ts';
import type { TicketEvent } from './events.ts';
import { isAgentsOwn } from './ticket.ts';
import type { Send, Ticket } from './ticket.ts';

/**
 * The state after an event. Never refuses and never throws on a recorded event: what is in the
 * log has happened. Returns a new value; the given one stays as it was.
 */
export function evolve(ticket: Ticket, event: TicketEvent): Ticket {
  return { ...ticket, ...changes(ticket, event), seq: event.seq };
}

/** The state that a whole log adds up to. */
export function fold(start: Ticket, events: readonly TicketEvent[]): Ticket {
  return events.reduce(evolve, start);
}

function changes(ticket: Ticket, event: TicketEvent): Partial<Ticket> {
  switch (event.type) {
    case 'created':
    case 'received':
    case 'composed':
    case 'deflected':
      return begun(ticket, event);
    case 'claimed':
    case 'assigned':
    case 'released':
    case 'teamChanged':
    case 'invited':
    case 'uninvited':
      return owned(ticket, event);
    case 'pended':
    case 'resumed':
    case 'callbackCancelled':
    case 'autoSolveSet':
    case 'autoSolveCancelled':
    case 'autoSolveDeferred':
      return waited(ticket, event);
    case 'solved':
    case 'reopened':
    case 'closed':
      return ended(ticket, event);
    case 'queued':
    case 'sendStarted':
    case 'sendCancelled':
    case 'sendMoved':
    case 'delivery':
      return sent(ticket, event);
    case 'labelled':
      return { labels: [...ticket.labels.filter((id) => id !== event.label), event.label] };
    case 'unlabelled':
      return { labels: ticket.labels.filter((id) => id !== event.label) };
    case 'renamed':
      return { subject: event.subject };
    case 'assistantAsked':
    case 'assistantAnswered':
    case 'assistantSuggested':
    case 'assistantHandedOver':
      return { assistant: assistantAfter(ticket.assistant, event) };
    case 'noted':
    case 'reminded':
    case 'followedUp':
    case 'answerHeld':
    case 'rejected':
      return {};
    default:
      return assertNever(event);
  }
}

type EventOf<T extends TicketEvent['type']> = Extract<TicketEvent, { type: T }>;

/** A mail of an archive is shown where it is the newest, and changes nothing else. */
function newerImport(ticket: Ticket, { at, message }: EventOf<'received'>): Partial<Ticket> {
  const isNewer = ticket.lastMessageAt !== null && at >= ticket.lastMessageAt;
  return isNewer ? { lastMessage: message, lastMessageAt: at } : {};
}

function begun(
  ticket: Ticket,
  event: EventOf<'created' | 'received' | 'composed' | 'deflected'>,
): Partial<Ticket> {
  switch (event.type) {
    case 'created': {
      const { mailbox, customer, team, subject, followUpOf } = event;
      return { mailbox, customer, team, subject, followUpOf, createdAt: event.at };
    }
    case 'received':
      if (event.imported && ticket.lastMessageAt !== null) return newerImport(ticket, event);
      if (event.automatic && ticket.lastMessageAt !== null) return {};
      return {
        lastMessage: event.message,
        lastMessageAt: event.at,
        lastCustomerSeq: event.seq,
        waitingSince: ticket.waitingSince ?? event.at,
        sends: overtaken(ticket.sends, event.at),
      };
    case 'composed':
      return { state: 'open', owner: event.agent, lastMessageAt: event.at };
    case 'deflected':
      return {
        state: 'solved',
        solved: { at: event.at, kind: 'assistant', agent: null },
        close: { at: event.closeAt, seq: event.seq },
        lastMessageAt: event.at,
      };
    default:
      return assertNever(event);
  }
}

function owned(
  ticket: Ticket,
  event: EventOf<'claimed' | 'assigned' | 'released' | 'teamChanged' | 'invited' | 'uninvited'>,
): Partial<Ticket> {
  switch (event.type) {
    case 'claimed':
    case 'assigned':
      return {
        owner: event.agent,
        participants: ticket.participants.filter((id) => id !== event.agent),
        state: ticket.state === 'new' ? 'open' : ticket.state,
      };
    case 'released':
      return { owner: null, state: 'new', callback: null };
    case 'teamChanged':
      return { team: event.team };
    case 'invited':
      return { participants: [...ticket.participants, event.agent] };
    case 'uninvited':
      return { participants: ticket.participants.filter((id) => id !== event.agent) };
    default:
      return assertNever(event);
  }
}

function waited(
  ticket: Ticket,
  event: EventOf<
    | 'pended'
    | 'resumed'
    | 'callbackCancelled'
    | 'autoSolveSet'
    | 'autoSolveCancelled'
    | 'autoSolveDeferred'
  >,
): Partial<Ticket> {
  const by = event.by.kind === 'agent' ? event.by.id : null;
  switch (event.type) {
    case 'pended':
      return {
        state: 'pending',
        callback: { at: event.until, by: event.agent, reason: event.reason, seq: event.seq },
      };
    case 'resumed':
      return { state: 'open', callback: null };
    case 'callbackCancelled':
      return { callback: null };
    case 'autoSolveSet':
      return { autoSolve: { at: event.due, by, due: event.due, seq: event.seq } };
    case 'autoSolveCancelled':
      return { autoSolve: null };
    case 'autoSolveDeferred':
      return ticket.autoSolve
        ? { autoSolve: { ...ticket.autoSolve, due: event.until, seq: event.seq } }
        : {};
    default:
      return assertNever(event);
  }
}

function ended(ticket: Ticket, event: EventOf<'solved' | 'reopened' | 'closed'>): Partial<Ticket> {
  switch (event.type) {
    case 'solved':
      return {
        state: 'solved',
        solved: { at: event.at, kind: event.kind, agent: event.agent },
        close: { at: event.closeAt, seq: event.seq },
        callback: null,
        autoSolve: null,
        waitingSince: null,
      };
    case 'reopened':
      return {
        state: event.owner === null ? 'new' : 'open',
        owner: event.owner,
        participants: ticket.participants.filter((id) => id !== event.owner),
        closed: false,
        close: null,
        solved: null,
        // Nobody but the assistant has answered, and that did not arrive.
        ...(event.why === 'delivery' && event.owner === null
          ? { waitingSince: ticket.createdAt }
          : {}),
      };
    case 'closed':
      return { closed: true, close: null };
    default:
      return assertNever(event);
  }
}

function sent(
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
      return { sends: without(ticket.sends, event.message) };
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
  { waitingSince, lastReply }: Ticket,
  { seq, writer, overtakenAt }: Send,
  event: { at: string; message: string },
): Partial<Ticket> {
  const answered = waitingSince === null || overtakenAt === null;
  return {
    waitingSince: answered ? null : latest(waitingSince, overtakenAt),
    lastReply: lastReply && lastReply.seq > seq ? lastReply : { seq, writer },
    lastMessage: event.message,
    lastMessageAt: event.at,
  };
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}

/** The mails that wait, marked as written before the customer's newest one. */
function overtaken(sends: Ticket['sends'], at: string): Ticket['sends'] {
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
