import type { Database } from '../database/client.ts';
import { findMailbox } from '../database/queries/intake.ts';
import type { MailboxAddress } from '../database/queries/intake.ts';
import { readTicketToken, splitTokenAddress } from '../mail/token.ts';

/** Where an address leads: a mailbox, and the ticket when the address is a ticket's own. */
export interface Recipient extends MailboxAddress {
  token: number | null;
}

/**
 * The mailbox behind an address, `local+TOKEN@domain` included; null when nobody here has it.
 * A token that we did not make still leads to the mailbox, and to no ticket.
 */
export async function findRecipient(
  database: Database,
  secret: string,
  address: string,
): Promise<Recipient | null> {
  const plain = await findMailbox(database.lookups, address);
  if (plain) return { ...plain, token: null };
  const split = splitTokenAddress(address);
  if (!split) return null;
  const mailbox = await findMailbox(database.lookups, split.address);
  if (!mailbox) return null;
  return { ...mailbox, token: readTicketToken(secret, mailbox.company, split.token) };
}
