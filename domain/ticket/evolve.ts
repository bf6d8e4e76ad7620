import { assertNever } from '../errors.ts';
import { assistantAfter } from './assistant.ts';
import type { EventOf, TicketEvent } from './events.ts';
import { overtaken, sent, waitsAgain } from './evolve-sends.ts';
import type { Ticket } from './ticket.ts';

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
    case 'exchanged':
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
    case 'rated': {
      const { rating: id, agent, team } = event;
      return { rating: { id, agent, team } };
    }
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

/** A mail of an archive is shown where it is the newest, and changes nothing else. */
function newerImport(ticket: Ticket, { at, message }: EventOf<'received'>): Partial<Ticket> {
  const isNewer = ticket.lastMessageAt !== null && at >= ticket.lastMessageAt;
  return isNewer ? { lastMessage: message, lastMessageAt: at } : {};
}

function begun(
  ticket: Ticket,
  event: EventOf<'created' | 'received' | 'composed' | 'exchanged' | 'deflected'>,
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
        answer: null,
        sends: overtaken(ticket.sends, event.at),
      };
    case 'composed':
      return { state: 'open', owner: event.agent, lastMessageAt: event.at };
    case 'exchanged':
      return { lastMessage: event.message, lastMessageAt: event.at };
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

/** What was thought to be an answer did not arrive: a person's, or the assistant's only one. */
function unanswered(ticket: Ticket, { at, owner }: EventOf<'reopened'>): Partial<Ticket> {
  if (ticket.answer?.lost) return waitsAgain(ticket, at);
  return owner === null ? { waitingSince: ticket.createdAt } : {};
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
        ...(event.why === 'delivery' ? unanswered(ticket, event) : {}),
      };
    case 'closed':
      return { closed: true, close: null };
    default:
      return assertNever(event);
  }
}
