import { deskMessageId } from '../../ids.ts';
import type { CommandOf } from '../commands.ts';
import { agentRefusal, dateRefusal, isActive, later, refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { SolverKind, Then, Ticket } from '../ticket.ts';
import { maySummarise } from './automatic-limit.ts';
import { deskMail } from './reminding.ts';

/** On hold until a date; a new ticket is claimed by whoever pends it. */
export function pend(on: On, command: CommandOf<'pend'>): Decision {
  const { ticket, facts, now } = on;
  const claimed = claimedBy(on, command.by, 'set to pending');
  if ('refusal' in claimed) return claimed;
  const refusal = dateRefusal(command.until, now, 'The callback date');
  if (refusal) return { refusal };
  const reason = facts.text?.id ?? null;
  const until = new Date(command.until).toISOString();
  const { callback } = ticket;
  if (callback?.at === until && callback.reason === reason) return { events: [] };
  return { events: [...claimed.events, { type: 'pended', until, reason, agent: command.by }] };
}

export function resume({ ticket }: On, _command: CommandOf<'resume'>): Decision {
  return { events: [{ type: 'resumed', why: 'agent', due: ticket.callback?.at ?? null }] };
}

export function solve(on: On, command: CommandOf<'solve'>): Decision {
  const claimed = claimedBy(on, command.by, 'solved');
  if ('refusal' in claimed) return claimed;
  const kind: SolverKind = command.by === null ? 'operations' : 'agent';
  const { events } = claimed;
  const how = { kind, agent: command.by, summary: command.summary };
  return { events: [...events, ...solvedEvents(on, how, events.length)] };
}

/** On a new ticket too: who asked may find the answer without any agent. No mail says so. */
export function settle(on: On, _command: CommandOf<'settle'>): Decision {
  return { events: solvedEvents(on, { kind: 'customer', agent: null, summary: false }, 0) };
}

export function autoSolve({ ticket, now }: On, command: CommandOf<'autoSolve'>): Decision {
  const set = ticket.autoSolve;
  if (command.at === null) {
    return { events: set ? [{ type: 'autoSolveCancelled', due: set.at, why: 'agent' }] : [] };
  }
  const refusal = dateRefusal(command.at, now, 'The auto-solve date');
  if (refusal) return { refusal };
  const due = new Date(command.at).toISOString();
  return { events: set?.at === due ? [] : [{ type: 'autoSolveSet', due }] };
}

export function reopen({ facts }: On, command: CommandOf<'reopen'>): Decision {
  const refusal = agentRefusal(facts, command.agent);
  if (refusal) return { refusal };
  return { events: [{ type: 'reopened', why: 'agent', owner: command.agent }] };
}

/**
 * What follows a reply once its undo seconds are over. It is void when the customer wrote or the
 * ticket was solved while the mail waited: it was meant for another conversation. A ticket that was
 * released meanwhile is claimed again. A date that passed while the desk was down is due at once.
 */
export function thenEvents(
  on: On,
  then: Then,
  mail: { message: string; writer: string | null },
  offset: number,
): EventBody[] {
  const { ticket, facts } = on;
  const { message, writer } = mail;
  const waited = ticket.sends[message];
  if (waited && (ticket.state === 'solved' || waited.overtakenAt !== null)) return [];
  const unclaimed = waited !== undefined && ticket.state === 'new';
  const events: EventBody[] =
    unclaimed && isActive(facts, writer) ? [{ type: 'claimed', agent: writer, from: null }] : [];
  if ('pend' in then) {
    if (unclaimed && events.length === 0) return [];
    const { until, reason } = then.pend;
    const date = new Date(until).toISOString();
    return [...events, { type: 'pended', until: date, reason, agent: writer }];
  }
  const how = { kind: 'agent', agent: writer, summary: then.solve.summary, message } as const;
  return [...events, ...solvedEvents(on, how, offset + events.length)];
}

/** How a ticket is solved: by whom, and by which mail that leaves at the same moment. */
interface Solving {
  kind: SolverKind;
  agent: string | null;
  summary: boolean;
  message?: string;
}

/**
 * Solving takes back what would happen later (callback, auto-solve, send later), and mails the
 * conversation to the customer if asked. A mail in its undo seconds goes on.
 */
export function solvedEvents(on: On, how: Solving, offset: number): EventBody[] {
  const { ticket, facts, now } = on;
  const { kind, agent, summary } = how;
  const events = cancelled(ticket, how);
  const skipped = summary ? whyNoSummary(facts) : null;
  events.push({
    type: 'solved',
    kind,
    agent,
    summary,
    summarySkipped: skipped,
    closeAt: later(now, facts.settings.reopenWindowMs),
  });
  if (!summary || skipped) return events;
  const seq = ticket.seq + offset + events.length;
  const message = deskMessageId(ticket.number, seq, 'summary');
  return [...events, ...deskMail(message, 'summary', seq, null)];
}

function whyNoSummary(facts: On['facts']): 'automatic_sender' | 'too_many' | null {
  if (facts.automaticSender) return 'automatic_sender';
  return maySummarise(facts) ? null : 'too_many';
}

function cancelled(ticket: Ticket, how: Solving): EventBody[] {
  const events: EventBody[] = [];
  const { callback } = ticket;
  const set = how.kind === 'auto' ? null : ticket.autoSolve;
  if (callback) events.push({ type: 'callbackCancelled', due: callback.at, why: 'solved' });
  if (set) events.push({ type: 'autoSolveCancelled', due: set.at, why: 'solved' });
  for (const [message, send] of Object.entries(ticket.sends)) {
    if (send.state !== 'waiting' || !send.later || message === how.message) continue;
    events.push({ type: 'sendCancelled', message, leaveAt: send.at, why: 'solved' });
  }
  return events;
}

/** On a new ticket somebody has to be the owner first. */
function claimedBy(
  { ticket, facts }: On,
  agent: string | null,
  what: string,
): { events: EventBody[] } | Extract<Decision, { refusal: unknown }> {
  if (agent !== null) {
    const refusal = agentRefusal(facts, agent);
    if (refusal) return { refusal };
  }
  if (ticket.state !== 'new') return { events: [] };
  if (agent === null) {
    return refuse('agent_required', `A new ticket can only be ${what} by an agent: give "by".`);
  }
  return { events: [{ type: 'claimed', agent, from: null }] };
}
