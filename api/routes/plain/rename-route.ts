import type { Static, TSchema } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import { changesBetween } from '../../../domain/audit.ts';
import type { AuditKind } from '../../../domain/audit.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import type { RouteAuth } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name } from '../../schemas/settings.ts';
import { tagOf } from './list-route.ts';

/** Changes the name of something of which nothing else can be changed. */
export interface PlainRename<S extends TSchema> {
  path: string;
  what: string;
  summary: string;
  shape: S;
  auth: RouteAuth;
  /** What the audit log calls it. */
  audit: AuditKind;
  nameOf: (row: Static<S>) => string;
  /** Answers false when there is none. @throws RefusedError `already_exists` */
  rename: (trx: CompanyTransaction, id: string, name: string) => Promise<boolean>;
  read: (trx: CompanyTransaction, id: string) => Promise<Static<S> | null>;
}

export function renameRoute<S extends TSchema>(spec: PlainRename<S>): Route {
  const shape: TSchema = spec.shape;
  return (api, { database }) => {
    api.patch(
      `${spec.path}/:id`,
      {
        config: { auth: spec.auth },
        schema: {
          tags: [tagOf(spec.path)],
          summary: spec.summary,
          params: IdParams,
          querystring: Nothing,
          body: strict({ name: Name }),
          response: { 200: shape, ...problems(...signedInCodes, 'not_found', 'already_exists') },
        },
      },
      async (request) => {
        const { company } = whoAsks(request);
        const { id } = request.params;
        const name = request.body.name.trim();
        return database.withCompany(company, async (trx) => {
          const before = found(await spec.read(trx, id), spec.what, id);
          if (!(await spec.rename(trx, id, name))) throw missing(spec.what, id);
          const after = found(await spec.read(trx, id), spec.what, id);
          const changes = changesBetween({ name: spec.nameOf(before) }, { name });
          if (changes.length > 0) {
            const facts = { kind: spec.audit, act: 'changed', subject: id, name } as const;
            await audit(trx, request, { ...facts, changes });
          }
          return after;
        });
      },
    );
  };
}
