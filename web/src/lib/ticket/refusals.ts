import { refusalIn } from '../../../../domain/ticket/allowed.ts';
import type { OutsideCommand } from '../../../../domain/ticket/commands.ts';
import type { Ticket } from '../api/types.ts';
import { entryTime } from '../time/format.ts';

/**
 * Why a command is refused in the ticket's state, in words; null when it is allowed. The table is
 * the domain's own, so the console never offers what the record would refuse.
 */
export function refusal(ticket: Ticket, command: OutsideCommand, now: number): string | null {
  const refused = refusalIn({ state: ticket.state }, command);
  if (refused === null) return null;
  return ticket.state === 'solved' ? solvedWords(ticket, now) : refused.message;
}

/** "Solved by Anna, 11:02." */
export function solvedWords(ticket: Ticket, now: number): string {
  const when = ticket.solvedAt === null ? '' : `, ${entryTime(ticket.solvedAt, now)}`;
  return `Solved ${solverWords(ticket)}${when}.`;
}

function solverWords(ticket: Ticket): string {
  const solver = ticket.solvedBy;
  switch (solver?.kind) {
    case 'agent':
      return `by ${solver.name ?? 'an agent'}`;
    case 'assistant':
      return 'by the assistant';
    case 'auto':
      return 'by its auto-solve date';
    case 'operations':
      return 'by operations';
    case undefined:
      return 'already';
  }
}
