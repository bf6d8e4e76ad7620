import { readArticle, updateArticle } from '../../../database/queries/articles.ts';
import { readKnowledgeBase } from '../../../database/queries/knowledge-bases.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Article, articleFields } from '../../schemas/settings.ts';
import { refuseEmptyText, translate } from './write-article.ts';

const Body = strict(articleFields);

export const changeArticleRoute: Route = (api, { database }) => {
  api.patch(
    '/articles/:id',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'Change an article',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Article, ...problems(...signedInCodes, 'not_found', 'already_exists') },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        const { knowledgeBase } = body;
        if (knowledgeBase !== undefined) {
          found(await readKnowledgeBase(trx, knowledgeBase), 'knowledge base', knowledgeBase);
        }
        const { translationOf, ...changes } = body;
        await updateArticle(trx, id, changes, agent);
        await translate(trx, id, translationOf);
        const changed = found(await readArticle(trx, id), 'article', id);
        if (changed.published) refuseEmptyText(changed);
        return changed;
      });
    },
  );
};
