import type { Database } from '../database/client.ts';
import { findMailbox } from '../database/queries/intake.ts';
import type { MailboxAddress } from '../database/queries/intake.ts';
import { refused } from '../domain/errors.ts';
import { normaliseAddress } from '../mail/address.ts';

/** @throws RefusedError `validation` when it is no mail address */
export function visitorsAddress(email: string): string {
  const address = normaliseAddress(email);
  if (address === null) {
    throw refused('validation', `body field "email": "${email}" is no mail address.`);
  }
  return address;
}

/** The mailbox that a public path names. @throws RefusedError `not_found` */
export async function visitedMailbox(
  { lookups }: Database,
  address: string,
): Promise<MailboxAddress> {
  const found = await findMailbox(lookups, address);
  if (!found) throw refused('not_found', `There is no mailbox "${address}".`);
  return found;
}
