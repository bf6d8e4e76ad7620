import { Type } from '@fastify/type-provider-typebox';

import { newId } from '../../../database/new-id.ts';
import {
  insertKnowledgeBase,
  readKnowledgeBase,
} from '../../../database/queries/knowledge-bases.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { KnowledgeBase, Name } from '../../schemas/settings.ts';

const Body = strict({ name: Name, public: Type.Optional(Type.Boolean()) });

export const createKnowledgeBaseRoute: Route = (api, { database }) => {
  api.post(
    '/knowledge-bases',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['knowledge-bases'],
        summary: 'Make a knowledge base',
        querystring: Nothing,
        body: Body,
        response: { 201: KnowledgeBase, ...problems(...signedInCodes, 'idempotency_mismatch') },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const { body } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ knowledgeBase: newId() }));
        const id = ids.id('knowledgeBase');
        if (ids.fresh) {
          await insertKnowledgeBase(trx, {
            id,
            name: body.name.trim(),
            public: body.public ?? false,
          });
        }
        return found(await readKnowledgeBase(trx, id), 'knowledge base', id);
      });
      return reply.code(201).send(made);
    },
  );
};
