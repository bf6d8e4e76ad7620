import { assertNever } from '../../errors.ts';
import type { CommandOf } from '../commands.ts';
import { hasPassed, later } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import { remind } from './reminding.ts';
import { started } from './sending.ts';
import { solvedEvents } from './waiting.ts';

/** How long an auto-solve waits for a stored mail that the workflow has not taken yet. */
const AUTO_SOLVE_DEFER_MS = 30_000;

/** A timer fired. One that was moved, cancelled or has fired before leads to nothing. */
export function due(
  on: On,
  command: CommandOf<'callbackDue' | 'autoSolveDue' | 'closeDue' | 'sendDue'>,
): Decision {
  const { ticket, facts, now } = on;
  switch (command.type) {
    case 'callbackDue': {
      const { callback } = ticket;
      if (callback?.seq !== command.armed || !hasPassed(callback.at, now)) return { events: [] };
      const resumed: EventBody = { type: 'resumed', why: 'callback', due: callback.at };
      return {
        events: [resumed, ...remind(on, 'callback', [callback.by, ticket.owner], 1)],
      };
    }
    case 'autoSolveDue': {
      const set = ticket.autoSolve;
      if (set?.seq !== command.armed || !hasPassed(set.due, now)) return { events: [] };
      if (facts.untakenCustomerMail) {
        return {
          events: [{ type: 'autoSolveDeferred', until: later(now, AUTO_SOLVE_DEFER_MS) }],
        };
      }
      return { events: solvedEvents(on, { kind: 'auto', agent: null, summary: false }, 0) };
    }
    case 'closeDue': {
      const { close } = ticket;
      if (close?.seq !== command.armed || !hasPassed(close.at, now)) return { events: [] };
      return { events: [{ type: 'closed' }] };
    }
    case 'sendDue': {
      const send = ticket.sends[command.message];
      if (!send?.at || !hasPassed(send.at, now)) return { events: [] };
      const { kind, writer, then } = send;
      const next = { id: command.message, kind, writer, attempt: send.attempt + 1, then };
      return { events: started(on, next, 0) };
    }
    default:
      return assertNever(command);
  }
}
