import { Type } from '@fastify/type-provider-typebox';

import { newId } from '../../../database/new-id.ts';
import { insertArticle, readArticle } from '../../../database/queries/articles.ts';
import { readKnowledgeBase } from '../../../database/queries/knowledge-bases.ts';
import { ticketExists } from '../../../database/queries/ticket-read.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import { Id, Nothing, strict, TicketNumber } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Article, articleFields, LongText, Name } from '../../schemas/settings.ts';
import { translate } from './write-article.ts';

const Body = strict({
  ...articleFields,
  knowledgeBase: Id,
  title: Name,
  body: LongText,
  fromTicket: Type.Optional(TicketNumber),
});

export const createArticleRoute: Route = (api, { database }) => {
  api.post(
    '/articles',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Write an article into a knowledge base',
        querystring: Nothing,
        body: Body,
        response: {
          201: Article,
          ...problems(...signedInCodes, 'not_found', 'already_exists', 'idempotency_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { company, agent } = whoAsks(request);
      const { body } = request;
      const made = await database.withCompany(company, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ article: newId() }));
        const id = ids.id('article');
        if (ids.fresh) {
          found(
            await readKnowledgeBase(trx, body.knowledgeBase),
            'knowledge base',
            body.knowledgeBase,
          );
          if (body.fromTicket !== undefined && !(await ticketExists(trx, body.fromTicket))) {
            throw noSuchTicket(body.fromTicket);
          }
          const { translationOf, ...fields } = body;
          await insertArticle(trx, { id, ...fields }, agent);
          await translate(trx, id, translationOf);
        }
        return found(await readArticle(trx, id), 'article', id);
      });
      return reply.code(201).send(made);
    },
  );
};
