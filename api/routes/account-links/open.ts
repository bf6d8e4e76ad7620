import { readAgent } from '../../../database/queries/agents.ts';
import { readCompany } from '../../../database/queries/companies.ts';
import { openLink } from '../../account-links.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { LinkCredential, OpenLink } from '../../schemas/account-link.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';

/** Nobody guesses 256 bits; this only keeps a machine from trying for nothing. */
export const LINKS_RATE = { max: 60, timeWindow: '1 minute' };

/** In the body: what stands in an address is kept in too many places. */
export const openLinkRoute: Route = (api, { database }) => {
  api.post(
    '/account-links/open',
    {
      config: { auth: 'public', once: false, rateLimit: LINKS_RATE },
      schema: {
        tags: ['public'],
        summary: 'What an invitation or a link for a new password is for',
        querystring: Nothing,
        body: strict({ link: LinkCredential }),
        response: { 200: OpenLink, ...problems('not_found', 'link_over', 'rate_limited') },
      },
    },
    async (request) => {
      const { company, link } = await openLink(database, request.body.link);
      return database.withCompany(company, async (trx) => {
        const agent = found(await readAgent(trx, link.agent), 'agent', link.agent);
        const { name } = found(await readCompany(trx), 'company', company);
        const { kind, expiresAt } = link;
        return { kind, company: name, name: agent.name, email: agent.email, expiresAt };
      });
    },
  );
};
