import { Type } from '@fastify/type-provider-typebox';

import { countAutomaticMail } from '../../../database/queries/automatic-mail.ts';
import type { CompanyTransaction } from '../../../database/client.ts';
import { readCustomer } from '../../../database/queries/customers.ts';
import { readTextOfMails } from '../../../database/queries/desk-texts.ts';
import { readCustomerSide } from '../../../database/queries/facts.ts';
import { readConversation, readTicketOfMail } from '../../../database/queries/outgoing.ts';
import { readTicketState } from '../../../database/queries/ticket-state.ts';
import { ratingUrl, ticketPageUrl } from '../../../domain/customer-links.ts';
import {
  AUTOMATIC_WINDOW_MS,
  SUMMARIES_MAX,
} from '../../../domain/ticket/decide/automatic-limit.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import { SUMMARY_MESSAGES_MAX } from '../../../mail/limits.ts';
import { renderSummary } from '../../../mail/render/summary.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, TicketParams, orNull } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Summary = Type.Object({
  to: Type.String({ description: "'' when the customer has no address" }),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String({ description: 'As it is sent' }),
  skipped: orNull(oneOf(['automatic_sender', 'too_many', 'no_address'])),
});

type Skipped = 'automatic_sender' | 'too_many' | 'no_address' | null;

/** The mail that solving with a summary would send now, by the code that writes it then. */
export const showSummary: Route = (api, { database, config }) => {
  api.get(
    '/tickets/:number/summary',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'What the customer would get as a summary, if the ticket were solved now',
        params: TicketParams,
        querystring: Nothing,
        response: { 200: Summary, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { number } = request.params;
      return database.withCompany(company, async (trx) => {
        const ticket = await readTicketState(trx, number);
        if (!ticket) throw noSuchTicket(number);
        const to = ticket.customer === null ? null : await readCustomer(trx, ticket.customer);
        const email = to?.email ?? '';
        const skipped = await whySkipped(trx, ticket, email);
        return { to: email, ...(await render(trx, ticket, config.publicUrl)), skipped };
      });
    },
  );
};

/** Agents do not speak for their customers: the pages say that there is no such link. */
const NO_TOKEN = 'example';

async function render(
  trx: CompanyTransaction,
  { number, seq, mailbox }: Ticket,
  publicUrl: string,
) {
  const names = await readTicketOfMail(trx, number, mailbox);
  if (!names) throw noSuchTicket(number);
  const said = await readTextOfMails(trx, 'summary');
  const { mailboxName, mailboxAddress, customerName, customerEmail, subject } = names;
  const { mails, earlier } = await readConversation(trx, number, seq, SUMMARY_MESSAGES_MAX);
  const parts = { mailboxName, mailboxAddress, customerName, customerEmail, subject, number };
  const rate = ratingUrl(publicUrl, NO_TOKEN);
  const page = ticketPageUrl(publicUrl, NO_TOKEN);
  return renderSummary({ ...said, ...parts, messages: mails, earlier, rate, page });
}

/** As `decide` finds it when the ticket is solved. */
async function whySkipped(
  trx: CompanyTransaction,
  { number, customer }: Ticket,
  email: string,
): Promise<Skipped> {
  if (customer === null || email === '') return 'no_address';
  const { automatic } = await readCustomerSide(trx, number);
  if (automatic) return 'automatic_sender';
  const lately = await countAutomaticMail(trx, customer, AUTOMATIC_WINDOW_MS);
  return lately < SUMMARIES_MAX ? null : 'too_many';
}
