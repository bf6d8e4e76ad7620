import { Type } from '@fastify/type-provider-typebox';

import {
  readKnowledgeBase,
  updateKnowledgeBase,
} from '../../../database/queries/knowledge-bases.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { KnowledgeBase, Name } from '../../schemas/settings.ts';

const Body = strict({ name: Type.Optional(Name), public: Type.Optional(Type.Boolean()) });

export const changeKnowledgeBaseRoute: Route = (api, { database }) => {
  api.patch(
    '/knowledge-bases/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['knowledge-bases'],
        summary: 'Change a knowledge base',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: KnowledgeBase, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        await updateKnowledgeBase(trx, id, body);
        return found(await readKnowledgeBase(trx, id), 'knowledge base', id);
      });
    },
  );
};
