import type { Static, TSchema } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import type { Page, PageRequest } from '../../../database/keyset.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import type { RouteAuth } from '../../plugins/authentication.ts';
import { clampLimit, page, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** A list without filters. */
export interface PlainList<S extends TSchema> {
  /** Such as `/labels`. */
  path: string;
  summary: string;
  shape: S;
  /** Default: any agent. */
  auth?: RouteAuth;
  list: (trx: CompanyTransaction, request: PageRequest) => Promise<Page<Static<S>>>;
}

export function listRoute<S extends TSchema>(spec: PlainList<S>): Route {
  const shape: TSchema = spec.shape;
  return (api, { database }) => {
    api.get(
      spec.path,
      {
        config: { auth: spec.auth ?? 'agent' },
        schema: {
          tags: [tagOf(spec.path)],
          summary: spec.summary,
          querystring: strict(pageQuery),
          response: { 200: page(shape), ...problems(...signedInCodes) },
        },
      },
      async (request) => {
        const { company } = whoAsks(request);
        const { limit, cursor } = request.query;
        const asked = { limit: clampLimit(limit), cursor: cursor ?? null };
        return database.withCompany(company, (trx) => spec.list(trx, asked));
      },
    );
  };
}

/** Calls are grouped by the first word of their path. */
export function tagOf(path: string): string {
  return path.split('/')[1] ?? '';
}
