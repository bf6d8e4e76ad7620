import type { ErrorCode, Json, Refusal } from '../errors.ts';
import type { Command, CommandOf } from './commands.ts';
import type { EventBody } from './events.ts';
import type { Facts } from './facts.ts';
import type { Actor, Ticket } from './ticket.ts';

/** What a decision looks at. */
export interface On {
  ticket: Ticket;
  facts: Facts;
  now: string;
}

/**
 * `followUp`: the ticket is closed for good, and the mail begins a new one (only for `receive`);
 * who records it allocates the new ticket's number.
 */
export type Decision = { events: EventBody[] } | { refusal: Refusal } | { followUp: true };

export function refuse(
  code: ErrorCode,
  message: string,
  details?: { [key: string]: Json },
): { refusal: Refusal } {
  return { refusal: details === undefined ? { code, message } : { code, message, details } };
}

export function isDue(
  command: Command,
): command is CommandOf<'callbackDue' | 'autoSolveDue' | 'closeDue' | 'sendDue' | 'assistantDue'> {
  return command.type.endsWith('Due');
}

/** Who an event is put down to. Without `by`, a mail acts as its writer. */
export function actorOf(command: Command, facts: Pick<Facts, 'message'> = {}): Actor {
  if (command.by !== null) return { kind: 'agent', id: command.by };
  const writes = command.type === 'reply' || command.type === 'compose';
  const writer = writes ? (facts.message?.writer ?? null) : null;
  if (writer !== null) return { kind: 'agent', id: writer };
  if (isDue(command)) return { kind: 'timer' };
  switch (command.type) {
    case 'receive':
    case 'rate':
    case 'settle':
    case 'sendLink':
      return { kind: 'customer' };
    case 'deflect':
    case 'assisted':
      return { kind: 'assistant' };
    case 'delivery':
    case 'sync':
      return { kind: 'desk' };
    default:
      return { kind: 'operations' };
  }
}

/** A clock may run ahead of the server that keeps the timers by this much. */
const CLOCK_SKEW_MAX_MS = 1_000;

export function hasPassed(date: string, now: string): boolean {
  return Date.parse(date) <= Date.parse(now) + CLOCK_SKEW_MAX_MS;
}

export function isFuture(date: string, now: string): boolean {
  return Date.parse(date) > Date.parse(now);
}

export function later(now: string, byMs: number): string {
  return new Date(Date.parse(now) + byMs).toISOString();
}

/** Timers beyond this are refused: a typing error. A far date such as 2099 means "never". */
const TIMER_YEARS_MAX = 100;
const YEAR_MS = 365.25 * 24 * 3_600_000;

/** Null when a timer may be set to `date`. */
export function dateRefusal(date: string, now: string, what: string): Refusal | null {
  if (Number.isNaN(Date.parse(date))) {
    return {
      code: 'validation',
      message: `${what} "${date}" is not a date; give ISO 8601, such as 2027-01-31T09:00:00Z.`,
    };
  }
  if (!isFuture(date, now)) {
    return {
      code: 'date_in_past',
      message: `${what} ${date} is in the past; give a date after ${now}.`,
      details: { given: date, now },
    };
  }
  if (Date.parse(date) - Date.parse(now) > TIMER_YEARS_MAX * YEAR_MS) {
    return {
      code: 'validation',
      message: `${what} ${date} is more than ${TIMER_YEARS_MAX} years away; give an earlier date.`,
    };
  }
  return null;
}

/** Null when the agent can be given work here; unknown and foreign ones look the same. */
export function agentRefusal(facts: Facts, agent: string): Refusal | null {
  // The name may be typed by hand: "constructor" is no agent.
  const fact = Object.hasOwn(facts.agents, agent) ? facts.agents[agent] : undefined;
  if (!fact) {
    return { code: 'not_found', message: `There is no agent "${agent}" in this company.` };
  }
  if (!fact.active) {
    return {
      code: 'agent_inactive',
      message: `The agent "${agent}" is deactivated; choose one who is active.`,
    };
  }
  return null;
}

export function isActive(facts: Facts, agent: string | null): agent is string {
  return agent !== null && facts.agents[agent]?.active === true;
}
