import { assertNever } from '../errors.ts';
import type { Refusal } from '../errors.ts';
import { refusalIn } from './allowed.ts';
import type { Command } from './commands.ts';
import { attribute } from './decide/attributes.ts';
import { begin, receive } from './decide/arriving.ts';
import { assistantDue, assisted } from './decide/assisting.ts';
import { deliver } from './decide/delivery.ts';
import { own } from './decide/ownership.ts';
import { due } from './decide/due.ts';
import { reply, sending } from './decide/sending.ts';
import { sendLink } from './decide/linking.ts';
import { rate } from './decide/rating.ts';
import { autoSolve, pend, reopen, resume, settle, solve } from './decide/waiting.ts';
import type { Decision } from './decision.ts';
import { agentRefusal, isDue, refuse } from './decision.ts';
import type { Facts } from './facts.ts';
import type { Ticket } from './ticket.ts';

/**
 * What a command leads to: events to append (none: nothing to do, and that is fine), or a refusal
 * that changes nothing. Pure: the same four values give the same answer for ever.
 * `now` is ISO 8601 UTC.
 */
export function decide(ticket: Ticket, command: Command, facts: Facts, now: string): Decision {
  const early = courtesy(ticket, command);
  if (early) return { refusal: early };
  const stranger = command.by === null ? null : agentRefusal(facts, command.by);
  if (stranger) return { refusal: stranger };
  const on = { ticket, facts, now };
  switch (command.type) {
    case 'receive':
      return receive(on, command);
    case 'compose':
    case 'deflect':
      return begin(on, command);
    case 'claim':
    case 'assign':
    case 'release':
    case 'invite':
    case 'uninvite':
    case 'changeTeam':
      return own(on, command);
    case 'reply':
      return reply(on, command);
    case 'pend':
      return pend(on, command);
    case 'resume':
      return resume(on, command);
    case 'solve':
      return solve(on, command);
    case 'settle':
      return settle(on, command);
    case 'sendLink':
      return sendLink(on, command);
    case 'rate':
      return rate(on, command);
    case 'autoSolve':
      return autoSolve(on, command);
    case 'reopen':
      return reopen(on, command);
    case 'label':
    case 'unlabel':
    case 'note':
    case 'rename':
      return attribute(on, command);
    case 'cancelSend':
    case 'moveSend':
    case 'resend':
      return sending(on, command);
    case 'delivery':
      return deliver(on, command);
    case 'callbackDue':
    case 'autoSolveDue':
    case 'closeDue':
    case 'sendDue':
      return due(on, command);
    case 'assisted':
      return assisted(on, command);
    case 'assistantDue':
      return assistantDue(on, command);
    case 'sync':
      return { events: [] };
    case 'malformed':
      return refuse('validation', `${command.name} was not understood: ${command.reason}`);
    default:
      return assertNever(command);
  }
}

/** The refusals that state alone decides; a caller may ask early, `decide` asks again. */
export function courtesy(ticket: Ticket, command: Command): Refusal | null {
  if (isDue(command) || command.type === 'malformed') return null;
  if (ticket.seq === 0) {
    if (startsTicket(command)) return null;
    return { code: 'not_found', message: 'There is no such ticket.' };
  }
  return command.type === 'assisted' ? null : refusalIn(ticket, command.type);
}

function startsTicket(command: Command): boolean {
  return (
    command.type === 'receive' ||
    command.type === 'compose' ||
    command.type === 'deflect' ||
    command.type === 'sync'
  );
}
