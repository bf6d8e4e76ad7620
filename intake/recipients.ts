import type { Database } from '../database/client.ts';
import { findMailbox } from '../database/queries/intake.ts';
import type { MailboxAddress } from '../database/queries/intake.ts';
import { readTicketToken, splitTokenAddress } from '../mail/token.ts';

/** Where an address leads: a mailbox, and the ticket when the address is a ticket's own. */
export interface Recipient extends MailboxAddress {
  /** The address without the token: the mailbox's own or an alias of it. */
  address: string;
  token: number | null;
}

/** A mailbox that was found is believed for so long; one that was not is looked up each time. */
const BELIEVED_FOR_MS = 5_000;
const BELIEVED_MAX = 10_000;

export type FindRecipient = (address: string) => Promise<Recipient | null>;

/**
 * {@link findRecipient} with a short memory: a mail asks for its recipients twice, at RCPT and when
 * it is stored, and most mails go to few mailboxes.
 */
export function rememberRecipients(database: Database, secret: string): FindRecipient {
  const believed = new Map<string, { recipient: Recipient; untilMs: number }>();
  return async (address) => {
    const known = believed.get(address);
    if (known && known.untilMs > Date.now()) return known.recipient;
    const recipient = await findRecipient(database, secret, address);
    if (!recipient) return null;
    if (believed.size >= BELIEVED_MAX) believed.clear();
    believed.set(address, { recipient, untilMs: Date.now() + BELIEVED_FOR_MS });
    return recipient;
  };
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
  if (plain) return { ...plain, address: address.toLowerCase(), token: null };
  const split = splitTokenAddress(address);
  if (!split) return null;
  const mailbox = await findMailbox(database.lookups, split.address);
  if (!mailbox) return null;
  const token = readTicketToken(secret, mailbox.company, split.token);
  return { ...mailbox, address: split.address, token };
}
