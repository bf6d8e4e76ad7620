import type { FastifyReply } from 'fastify';

import { readCustomerMails } from '../../../database/queries/customer-pages.ts';
import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { ratingUrl } from '../../../domain/customer-links.ts';
import { RATING_VALID_MS } from '../../../domain/ratings.ts';
import { makeLinkToken } from '../../../mail/link-token.ts';
import { limitsOf } from '../../company-limits.ts';
import { newForm } from '../../customer-pages/form.ts';
import { sendPage } from '../../customer-pages/page.ts';
import { overPage, ticketPage } from '../../customer-pages/ticket-page.ts';
import type { TicketPage } from '../../customer-pages/ticket-page.ts';
import type { ApiDeps, Route } from '../../deps.ts';
import { READING_RATE, TokenParams } from './link-route.ts';
import { openTicket } from './open-ticket.ts';
import type { OpenedTicket } from './open-ticket.ts';

/** The newest; who needs older ones has them as mail. */
const MAILS_MAX = 200;

/** A ticket for whoever holds the link that its customer was mailed. */
export const showTicketPage: Route = (api, deps) => {
  api.get(
    '/t/:token',
    { config: { rateLimit: READING_RATE }, schema: { hide: true, params: TokenParams } },
    async (request, reply) => {
      const opened = await openTicket(deps, request.params.token);
      if (opened.isOver) return sendPage(reply, 410, overPage(opened, false));
      const query = new URL(request.url, 'http://desk.invalid').searchParams;
      const did = (['sent', 'settled'] as const).find((name) => query.has(name)) ?? null;
      return sendTicketPage(deps, reply, 200, { opened, did });
    },
  );
};

/** Answers with the page of an open ticket. */
export async function sendTicketPage(
  { database, config }: Pick<ApiDeps, 'database' | 'config'>,
  reply: FastifyReply,
  status: number,
  { opened, did }: { opened: OpenedTicket; did: TicketPage['did'] },
): Promise<FastifyReply> {
  const { company, number } = opened;
  const { mails, earlier, own } = await database.withCompany(company, async (trx) => {
    const read = await readCustomerMails(trx, number, MAILS_MAX);
    return { ...read, own: await readOwnLimits(trx) };
  });
  const expires = Date.now() + RATING_VALID_MS;
  const rating = ratingUrl('', makeLinkToken(config.secret, 'rate', { company, number, expires }));
  const form = newForm();
  const page = { ...opened, mails, earlier, did, rating, form, limits: limitsOf(own, config) };
  return sendPage(reply, status, ticketPage(page));
}
