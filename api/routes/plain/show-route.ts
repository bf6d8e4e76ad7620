import type { Static, TSchema } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import type { RouteAuth } from '../../plugins/authentication.ts';
import { IdParams, Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { tagOf } from './list-route.ts';

/** One thing by its id. */
export interface PlainShow<S extends TSchema> {
  /** Without the id, such as `/labels`. */
  path: string;
  /** The word for it, as in "There is no label …". */
  what: string;
  shape: S;
  /** Default: any agent. */
  auth?: RouteAuth;
  read: (trx: CompanyTransaction, id: string, agent: string) => Promise<Static<S> | null>;
}

export function showRoute<S extends TSchema>(spec: PlainShow<S>): Route {
  const shape: TSchema = spec.shape;
  return (api, { database }) => {
    api.get(
      `${spec.path}/:id`,
      {
        config: { auth: spec.auth ?? 'agent' },
        schema: {
          tags: [tagOf(spec.path)],
          summary: `One ${spec.what}`,
          params: IdParams,
          querystring: Nothing,
          response: { 200: shape, ...problems(...signedInCodes, 'not_found') },
        },
      },
      async (request) => {
        const { company, agent } = whoAsks(request);
        const { id } = request.params;
        const row = await database.withCompany(company, (trx) => spec.read(trx, id, agent));
        return found(row, spec.what, id);
      },
    );
  };
}
