import { Type } from '@fastify/type-provider-typebox';

import { markSuggestion, readSuggestionKind } from '../../../database/queries/suggestions.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, SuggestionParams } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Says that a suggestion was of use, or of none: it is counted once for a ticket. */
export const markSuggestionRoute: Route = (api, { database }) => {
  api.post(
    '/tickets/:number/suggestions/:suggestion/:mark',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['tickets'],
        summary: 'Count a suggestion as used, or put it away on this ticket',
        params: SuggestionParams,
        querystring: Nothing,
        response: {
          200: Type.Object({ id: Type.String(), mark: SuggestionParams.properties.mark }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { number: ticket, suggestion, mark } = request.params;
      return database.withCompany(company, async (trx) => {
        if (!(await ticketExists(trx, ticket))) throw noSuchTicket(ticket);
        const known = await readSuggestionKind(trx, ticket, suggestion);
        const kind = found(known, 'suggestion', suggestion);
        await markSuggestion(trx, { ticket, suggestion, kind, agent, as: mark });
        return { id: suggestion, mark };
      });
    },
  );
};
