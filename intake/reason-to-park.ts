import type { CompanyTransaction } from '../database/client.ts';
import { findOutgoing } from '../database/queries/mail-rows.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { splitTokenAddress } from '../mail/token.ts';

/** RFC 5321, 6.3, takes 100 for a loop; the longest real ways are some 20 servers long. */
const HOPS_MAX = 100;

/** What is looked at before a mail gets a ticket. */
interface Suspect {
  headers: MailHeaders;
  envelope: { from: string; to: readonly string[] };
}

/**
 * Why a mail waits for a person instead of going to a ticket, in words; null for nearly all. Our
 * own mails that come back would be answered by ourselves, and go round for ever.
 */
export async function reasonToPark(
  trx: CompanyTransaction,
  { headers, envelope }: Suspect,
): Promise<string | null> {
  const sender = (headers.from?.address ?? envelope.from).toLowerCase();
  if (sender === '') return 'it names no sender, so nobody could be answered';
  const mailboxes = envelope.to.map((address) => plainAddress(address));
  if (mailboxes.includes(plainAddress(sender))) {
    return `a loop: it comes from ${plainAddress(sender)}, the mailbox that it is sent to`;
  }
  const hops = headers.raw.get('received')?.length ?? 0;
  if (hops > HOPS_MAX) return `a loop: it has been through ${hops} servers`;
  const { messageId } = headers;
  // Ours end in the domain of a mailbox; of all others there is no need to ask.
  const mayBeOurs = messageId !== null && mailboxes.map(domainOf).includes(domainOf(messageId));
  if (!mayBeOurs || (await findOutgoing(trx, messageId)) === null) return null;
  return 'a loop: it is a mail of ours that came back';
}

function plainAddress(address: string): string {
  return splitTokenAddress(address)?.address ?? address.toLowerCase();
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
