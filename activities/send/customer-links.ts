import { TICKET_LINK_VALID_MS, ratingUrl, ticketPageUrl } from '../../domain/customer-links.ts';
import { RATING_VALID_MS } from '../../domain/ratings.ts';
import { makeLinkToken } from '../../mail/link-token.ts';
import type { SendInput } from '../../workflows/messages.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';

/** Where the customer rates the help; made when the mail is rendered, which happens once. */
export function ratingLink(
  { secret, publicUrl }: PrepareDependencies,
  { company, number }: SendInput,
): string {
  const expires = Date.now() + RATING_VALID_MS;
  return ratingUrl(publicUrl, makeLinkToken(secret, 'rate', { company, number, expires }));
}

/** Where the customer reads and answers the ticket. */
export function ticketPageLink(
  { secret, publicUrl }: PrepareDependencies,
  { company, number }: SendInput,
): string {
  const expires = Date.now() + TICKET_LINK_VALID_MS;
  return ticketPageUrl(publicUrl, makeLinkToken(secret, 'ticket', { company, number, expires }));
}
