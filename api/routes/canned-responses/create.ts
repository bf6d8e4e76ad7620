import { Type } from '@fastify/type-provider-typebox';

import { newId } from '../../../database/new-id.ts';
import {
  insertCannedResponse,
  readCannedResponse,
} from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { CannedResponse, LongText, Name } from '../../schemas/settings.ts';

const Body = strict({ title: Name, body: LongText, personal: Type.Optional(Type.Boolean()) });

export const createCannedResponseRoute: Route = (api, { database }) => {
  api.post(
    '/canned-responses',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['canned-responses'],
        summary: 'Make a canned response, the company’s or a personal one',
        querystring: Nothing,
        body: Body,
        response: { 201: CannedResponse, ...problems(...signedInCodes, 'idempotency_mismatch') },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { body } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ response: newId() }));
        const id = ids.id('response');
        if (ids.fresh) {
          const { title, personal } = body;
          const owner = personal === true ? agent : null;
          await insertCannedResponse(trx, {
            id,
            title: title.trim(),
            body: body.body,
            agent: owner,
          });
        }
        return found(await readCannedResponse(trx, agent, id), 'canned response', id);
      });
      return reply.code(201).send(made);
    },
  );
};
