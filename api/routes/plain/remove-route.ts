import { Type } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import type { Route } from '../../deps.ts';
import { missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import type { RouteAuth } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { tagOf } from './list-route.ts';

/** Deletes one thing by its id. */
export interface PlainRemove {
  path: string;
  what: string;
  summary: string;
  /** Default: any agent. */
  auth?: RouteAuth;
  /** Besides `not_found`; default: nothing. */
  refuses?: readonly 'not_allowed'[];
  /** Answers false when there is none. */
  remove: (trx: CompanyTransaction, id: string, agent: string) => Promise<boolean>;
}

export function removeRoute(spec: PlainRemove): Route {
  return (api, { database }) => {
    api.delete(
      `${spec.path}/:id`,
      {
        config: { auth: spec.auth ?? 'agent' },
        schema: {
          tags: [tagOf(spec.path)],
          summary: spec.summary,
          params: IdParams,
          querystring: Nothing,
          response: {
            204: Type.Null(),
            ...problems(...signedInCodes, 'not_found', ...(spec.refuses ?? [])),
          },
        },
      },
      async (request, reply) => {
        const { company, agent } = whoAsks(request);
        const { id } = request.params;
        const done = await database.withCompany(company, (trx) => spec.remove(trx, id, agent));
        if (!done) throw missing(spec.what, id);
        return reply.code(204).send(null);
      },
    );
  };
}
