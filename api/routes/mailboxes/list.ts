import { listMailboxes } from '../../../database/queries/mailboxes.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { Mailbox } from '../../schemas/mailbox.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { showMailboxes } from '../../shown-mailboxes.ts';

export const listMailboxesRoute: Route = (api, { database }) => {
  api.get(
    '/mailboxes',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mailboxes'],
        summary: 'All mailboxes, by address; admins see their servers and their health too',
        querystring: strict(pageQuery),
        response: { 200: page(Mailbox), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { limit, cursor } = request.query;
      const asked = { limit: clampLimit(limit), cursor: cursor ?? null };
      return database.withCompany(company, async (trx) => {
        const { items, nextCursor } = await listMailboxes(trx, asked);
        return { items: await showMailboxes(trx, agent, items), nextCursor };
      });
    },
  );
};
