import { newestAccountLink } from '../../../database/queries/account-links.ts';
import { readAgent } from '../../../database/queries/agents.ts';
import { urlOfLink } from '../../account-links.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { ShownInvitation } from '../../schemas/account-link.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const showInvitationRoute: Route = (api, { database, config }) => {
  api.get(
    '/agents/:id/invitation',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['agents'],
        summary: 'The newest invitation of an agent without a password, with its link',
        params: IdParams,
        querystring: Nothing,
        response: { 200: ShownInvitation, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      return database.withCompany(company, async (trx) => {
        const { invitation } = found(await readAgent(trx, id), 'agent', id);
        const link = await newestAccountLink(trx, id, 'invitation');
        if (!invitation || !link) throw missing('invitation', id);
        return {
          ...invitation,
          url: link.state === 'open' ? urlOfLink(config, company, link) : null,
        };
      });
    },
  );
};
