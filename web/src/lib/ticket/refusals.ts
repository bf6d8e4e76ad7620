import { refusalIn } from '../../../../domain/ticket/allowed.ts';
import type { OutsideCommand } from '../../../../domain/ticket/commands.ts';
import type { SolvedBy, Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';

/**
 * Why a command is refused in the ticket's state, in words; null when it is allowed. The table is
 * the domain's own, so the console never offers what the record would refuse.
 */
export function refusal(
  ticket: Ticket,
  command: OutsideCommand,
  now: number,
  me: string,
  say: Speech,
): string | null {
  const refused = refusalIn({ state: ticket.state }, command);
  if (refused === null) return null;
  return ticket.state === 'solved' ? solvedWords(ticket, now, me, say) : refused.message;
}

/** "Solved by Anna, 11:02."; `me` is "you". */
export function solvedWords(ticket: Ticket, now: number, me: string, say: Speech): string {
  const when = ticket.solvedAt === null ? '' : `, ${say.dates.entryTime(ticket.solvedAt, now)}`;
  return `Solved ${solverWords(ticket.solvedBy, me)}${when}.`;
}

function solverWords(solver: SolvedBy | null, me: string): string {
  switch (solver?.kind) {
    case 'agent':
      return `by ${solver.id === me ? 'you' : (solver.name ?? 'an agent')}`;
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
