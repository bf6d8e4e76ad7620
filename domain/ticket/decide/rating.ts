import type { CommandOf } from '../commands.ts';
import { refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';

/**
 * What the customer thinks of the help, in every state and for ever: nothing else changes. It is
 * put down to whoever solved the ticket, and while nobody has, to its owner.
 */
export function rate({ ticket, facts }: On, command: CommandOf<'rate'>): Decision {
  const { rating } = facts;
  if (!rating) return refuse('not_found', `There is no rating "${command.rating}" of this ticket.`);
  if (ticket.rating?.id === rating.id) return { events: [] };
  const agent = ticket.solved === null ? ticket.owner : (ticket.solved.agent ?? ticket.owner);
  const { id, score } = rating;
  return { events: [{ type: 'rated', rating: id, score, agent, team: ticket.team }] };
}
