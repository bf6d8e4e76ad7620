import { readCustomerTicket } from '../../database/queries/customer-pages.ts';
import type { CustomerTicket } from '../../database/queries/customer-pages.ts';
import { refused } from '../../domain/errors.ts';
import type { RefusedError } from '../../domain/errors.ts';
import { readLinkToken } from '../../mail/link-token.ts';
import type { LinkPurpose, TicketLink } from '../../mail/link-token.ts';
import type { ApiDeps } from '../deps.ts';

/** A link that its holder showed, with the ticket that it leads to. */
export interface OpenedLink extends TicketLink {
  ticket: CustomerTicket;
}

/**
 * What a link leads to, be it over or not: its caller decides until when it holds.
 * @throws RefusedError `not_found` for all that we did not make
 */
export async function openCustomerLink(
  { database, config }: Pick<ApiDeps, 'database' | 'config'>,
  purpose: LinkPurpose,
  token: string,
): Promise<OpenedLink> {
  const link = readLinkToken([config.secret, ...config.oldSecrets], purpose, token);
  if (!link) throw noSuchLink();
  const { company, number } = link;
  const ticket = await database.withCompany(company, (trx) => readCustomerTicket(trx, number));
  if (!ticket) throw noSuchLink();
  return { ...link, ticket };
}

function noSuchLink(): RefusedError {
  return refused('not_found', 'No such link was ever made; see that all of it was copied.');
}
