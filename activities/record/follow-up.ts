import type { CompanyTransaction } from '../../database/client.ts';
import { beginFollowUp } from '../../database/queries/ledger-outcome.ts';
import { isFollowedUpBy, lockTicket } from '../../database/queries/ticket-log.ts';
import type { Command } from '../../domain/ticket/commands.ts';
import type { EventBody, TicketEvent } from '../../domain/ticket/events.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { append } from './append.ts';

/** A mail that came to a ticket which closed meanwhile: points it at a new one. */
export async function followUp(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
): Promise<EventBody[]> {
  if (command.type !== 'receive') throw new Error(`${command.type} cannot begin a follow-up`);
  const number = await beginFollowUp(trx, command.mail, ticket.number);
  return [{ type: 'followedUp', ticket: number, mail: command.mail }];
}

/**
 * Links a closed ticket to the one that follows it up: when the mail was stored, that one was
 * chosen at once, and only its first command knows of both.
 */
export async function linkBack(
  trx: CompanyTransaction,
  ticket: number,
  mail: string,
  events: readonly TicketEvent[],
): Promise<void> {
  const created = events.find((event) => event.type === 'created');
  if (!created || created.followUpOf === null) return;
  const closed = await lockTicket(trx, created.followUpOf);
  if (!closed || (await isFollowedUpBy(trx, closed.number, ticket))) return;
  const bodies: EventBody[] = [{ type: 'followedUp', ticket, mail }];
  const { by, at, command } = created;
  await append(trx, closed, { bodies, by, command, hash: 'linked', at });
}
