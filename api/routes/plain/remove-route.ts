import { Type } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import type { AuditAct, AuditKind } from '../../../domain/audit.ts';
import { audit } from '../../audit.ts';
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
  /** What the audit log calls it, and how it is read once more before it goes. */
  audit?: {
    kind: AuditKind;
    /** Default: deleted. */
    act?: AuditAct;
    read: (trx: CompanyTransaction, id: string) => Promise<{ name: string } | null>;
  };
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
        const done = await database.withCompany(company, async (trx) => {
          const known = await spec.audit?.read(trx, id);
          const removed = await spec.remove(trx, id, agent);
          if (removed && spec.audit) {
            const { kind, act = 'deleted' } = spec.audit;
            const name = known?.name ?? null;
            await audit(trx, request, { kind, act, subject: id, name });
          }
          return removed;
        });
        if (!done) throw missing(spec.what, id);
        return reply.code(204).send(null);
      },
    );
  };
}
