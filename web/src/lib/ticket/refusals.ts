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
  if (refusalIn({ state: ticket.state }, command) === null) return null;
  if (ticket.state === 'solved') return solvedWords(ticket, now, me, say);
  return say.t.ticket.refusedIn[ticket.state];
}

/** "Solved by Anna, 11:02."; `me` is "you". */
export function solvedWords(ticket: Ticket, now: number, me: string, say: Speech): string {
  const when = ticket.solvedAt === null ? '' : `, ${say.dates.entryTime(ticket.solvedAt, now)}`;
  return say.t.ticket.solved(solverWords(ticket.solvedBy, me, say), when);
}

function solverWords(solver: SolvedBy | null, me: string, { t }: Speech): string {
  const words = t.ticket;
  switch (solver?.kind) {
    case 'agent':
      if (solver.id === me) return words.byYou;
      return solver.name === undefined ? words.byAnAgent : words.by(solver.name);
    case 'assistant':
      return words.byAssistant;
    case 'auto':
      return words.byAutoSolve;
    case 'customer':
      return words.byCustomer;
    case 'operations':
      return words.byOperations;
    case undefined:
      return words.already;
  }
}
