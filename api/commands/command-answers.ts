import { problems, signedInCodes } from '../schemas/problem.ts';
import { Ticket } from '../schemas/ticket.ts';

/** What every command on a ticket may be refused with. */
export const commandCodes = [
  ...signedInCodes,
  'not_found',
  'not_allowed',
  'agent_inactive',
  'idempotency_mismatch',
] as const;

/** The answers of a command that shows the ticket. */
export const ticketAnswers = { 200: Ticket, ...problems(...commandCodes) };
