import { newId } from '../../../database/new-id.ts';
import { readCannedResponse } from '../../../database/queries/canned-responses.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { CannedResponse, cannedFields } from '../../schemas/canned-response.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { LongText, Name } from '../../schemas/settings.ts';
import { makeCanned } from './write-canned.ts';

const Body = strict({ ...cannedFields, title: Name, body: LongText });

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
        response: {
          201: CannedResponse,
          ...problems(...signedInCodes, 'not_found', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { body } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ response: newId() }));
        const id = ids.id('response');
        if (ids.fresh) await makeCanned(trx, agent, id, body);
        return found(await readCannedResponse(trx, agent, id), 'canned response', id);
      });
      return reply.code(201).send(made);
    },
  );
};
