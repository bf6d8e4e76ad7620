import { deskMessageId } from '../../ids.ts';
import type { CommandOf } from '../commands.ts';
import { agentRefusal, dateRefusal, isFuture, later, refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { SolverKind, Then, Ticket } from '../ticket.ts';
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
  return { events: [...claimed.events, { type: 'pended', until, reason }] };
}

export function resume({ ticket }: On, _command: CommandOf<'resume'>): Decision {
  return { events: [{ type: 'resumed', why: 'agent', due: ticket.callback?.at ?? null }] };
}

export function solve(on: On, command: CommandOf<'solve'>): Decision {
  const claimed = claimedBy(on, command.by, 'solved');
  if ('refusal' in claimed) return claimed;
  const kind: SolverKind = command.by === null ? 'operations' : 'agent';
  const { events } = claimed;
  const solving = solvedEvents(on, kind, command.by, command.summary, events.length);
  return { events: [...events, ...solving] };
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
 * What follows a reply once its undo seconds are over. A date that has passed by then is void, and
 * so is all of it when the ticket was solved while the mail waited.
 */
export function thenEvents(on: On, then: Then, offset: number): EventBody[] {
  const { ticket, facts, now } = on;
  const leftAtOnce = facts.message?.delivery === null;
  if (ticket.state === 'solved' && !leftAtOnce) return [];
  if ('pend' in then) {
    const { until, reason } = then.pend;
    if (!isFuture(until, now)) return [];
    return [{ type: 'pended', until: new Date(until).toISOString(), reason }];
  }
  const writer = facts.message?.writer ?? null;
  return solvedEvents(on, 'agent', writer, then.solve.summary, offset);
}

/**
 * Solving takes back what would happen later (callback, auto-solve, send later), and mails the
 * conversation to the customer if asked. A mail in its undo seconds goes on.
 */
export function solvedEvents(
  on: On,
  kind: SolverKind,
  agent: string | null,
  summary: boolean,
  offset: number,
): EventBody[] {
  const { ticket, facts, now } = on;
  const events = cancelled(ticket);
  const skipped = summary && facts.automaticSender ? 'automatic_sender' : null;
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

function cancelled(ticket: Ticket): EventBody[] {
  const events: EventBody[] = [];
  const { callback, autoSolve: set } = ticket;
  if (callback) events.push({ type: 'callbackCancelled', due: callback.at, why: 'solved' });
  if (set) events.push({ type: 'autoSolveCancelled', due: set.at, why: 'solved' });
  for (const [message, send] of Object.entries(ticket.sends)) {
    if (send.state !== 'waiting' || !send.later) continue;
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
