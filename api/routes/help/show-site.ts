import { Type } from '@fastify/type-provider-typebox';

import { readHelpSite } from '../../../database/queries/help-pages.ts';
import type { Route } from '../../deps.ts';
import { READS } from '../../help-limits.ts';
import { noHelpSite } from '../../missing.ts';
import { Id, Nothing } from '../../schemas/basics.ts';
import { HelpSite } from '../../schemas/help.ts';
import { problems } from '../../schemas/problem.ts';

/** What stands on all help pages of a company; not there while nothing is public. */
export const showHelpSiteRoute: Route = (api, { database, config }) => {
  api.get(
    '/help/:company',
    {
      config: { auth: 'public', rateLimit: READS },
      schema: {
        tags: ['public'],
        summary: 'The public help pages of a company',
        params: Type.Object({ company: Id }),
        querystring: Nothing,
        response: { 200: HelpSite, ...problems('not_found', 'rate_limited') },
      },
    },
    async (request) => {
      const { company } = request.params;
      const site = await database.withCompany(company, readHelpSite);
      if (!site) throw noHelpSite();
      return { ...site, url: `${config.publicUrl}/help/${encodeURIComponent(company)}` };
    },
  );
};
