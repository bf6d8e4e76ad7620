import { Type } from '@fastify/type-provider-typebox';

import { listAudit } from '../../../database/queries/audit.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { AuditEntry, AuditKindName } from '../../schemas/audit.ts';
import { Id, clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Query = strict({
  ...pageQuery,
  actor: Type.Optional(Id),
  what: Type.Optional(AuditKindName),
});

export const listAuditRoute: Route = (api, { database }) => {
  api.get(
    '/audit',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['audit'],
        summary: 'Who changed which setting, and who came in; the newest first',
        querystring: Query,
        response: { 200: page(AuditEntry), ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { limit, cursor = null, actor = null, what: kind = null } = request.query;
      const filter = { limit: clampLimit(limit), cursor, actor, kind };
      return database.withCompany(company, (trx) => listAudit(trx, filter));
    },
  );
};
