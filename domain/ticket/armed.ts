import { assertNever } from '../errors.ts';
import type { CommandBody } from './commands.ts';
import type { Ticket } from './ticket.ts';

/** A durable timer of a ticket. `armed` is the event that set it: with the kind, its identity. */
export type ArmedTimer =
  | { kind: 'callback' | 'autoSolve' | 'close' | 'assistant'; at: string; armed: number }
  | { kind: 'send'; at: string; message: string; attempt: number };

/** Every timer that must be running for this state, in no order. */
export function armedTimers(ticket: Ticket): ArmedTimer[] {
  const timers: ArmedTimer[] = [];
  const { callback, autoSolve, close, assistant } = ticket;
  if (callback) timers.push({ kind: 'callback', at: callback.at, armed: callback.seq });
  if (autoSolve) timers.push({ kind: 'autoSolve', at: autoSolve.due, armed: autoSolve.seq });
  if (close) timers.push({ kind: 'close', at: close.at, armed: close.seq });
  if (assistant?.status === 'asked') {
    timers.push({ kind: 'assistant', at: assistant.until, armed: assistant.seq });
  }
  for (const [message, send] of Object.entries(ticket.sends)) {
    if (send.at === null) continue;
    timers.push({ kind: 'send', at: send.at, message, attempt: send.attempt });
  }
  return timers;
}

/** Names a timer so that the same one is never set twice and a moved one is another. */
export function timerKey(timer: ArmedTimer): string {
  return timer.kind === 'send'
    ? `send:${timer.message}:${timer.attempt}:${timer.at}`
    : `${timer.kind}:${timer.armed}:${timer.at}`;
}

/** What a ticket is told when a timer fires. */
export function dueCommand(timer: ArmedTimer): CommandBody {
  switch (timer.kind) {
    case 'callback':
      return { type: 'callbackDue', armed: timer.armed };
    case 'autoSolve':
      return { type: 'autoSolveDue', armed: timer.armed };
    case 'close':
      return { type: 'closeDue', armed: timer.armed };
    case 'assistant':
      return { type: 'assistantDue', armed: timer.armed };
    case 'send':
      return { type: 'sendDue', message: timer.message };
    default:
      return assertNever(timer);
  }
}

/** The earliest timer, which is when a sweeper would have to look; null when none runs. */
export function nextDue(ticket: Ticket): string | null {
  const dates = armedTimers(ticket).map((timer) => timer.at);
  return dates.length === 0 ? null : dates.reduce((a, b) => (a < b ? a : b));
}
