import { TICKET_LINK_VALID_MS } from '../../../domain/customer-links.ts';
import { refused } from '../../../domain/errors.ts';
import { openCustomerLink } from '../../customer-pages/open-link.ts';
import type { OpenedLink } from '../../customer-pages/open-link.ts';
import type { ApiDeps } from '../../deps.ts';

/** The page of a ticket, and until when it can be opened. */
export interface OpenedTicket extends OpenedLink {
  path: string;
  until: number;
  isOver: boolean;
}

/** @throws RefusedError `not_found` for links that we did not make */
export async function openTicket(
  deps: Pick<ApiDeps, 'database' | 'config'>,
  token: string,
): Promise<OpenedTicket> {
  const link = await openCustomerLink(deps, 'ticket', token);
  const { lastMessageAt } = link.ticket;
  const active = lastMessageAt === null ? 0 : Date.parse(lastMessageAt) + TICKET_LINK_VALID_MS;
  const until = Math.max(link.expires, active);
  return { ...link, path: `/t/${encodeURIComponent(token)}`, until, isOver: until <= Date.now() };
}

/** The same, for what only an open page may do. @throws RefusedError `link_over` too */
export async function openTicketNow(
  deps: Pick<ApiDeps, 'database' | 'config'>,
  token: string,
): Promise<OpenedTicket> {
  const opened = await openTicket(deps, token);
  if (opened.isOver) throw refused('link_over', 'This link is too old.');
  return opened;
}
