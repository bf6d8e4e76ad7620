import { Type } from '@fastify/type-provider-typebox';

import { readArticleUse } from '../../../database/queries/articles.ts';
import type { ArticleUse } from '../../../database/queries/articles.ts';
import { articleParts, helpFile } from '../../article-parts.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, orNull } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const ArticleParts = Type.Object({
  id: Type.String(),
  title: Type.String(),
  language: Type.String(),
  link: orNull(Type.String({ description: 'Where customers read it; null when they cannot' })),
  unlinked: orNull(oneOf(['draft', 'private'])),
  parts: Type.Array(
    Type.Object({
      kind: oneOf(['heading', 'paragraph', 'item', 'block']),
      list: orNull(oneOf(['ul', 'ol'])),
      html: Type.String({ description: 'Cleaned; an item is one `<li>`' }),
    }),
  ),
});

/** An article in pieces, to be read and put into an answer one by one. */
export const showArticlePartsRoute: Route = (api, { database, config }) => {
  api.get(
    '/articles/:id/parts',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['articles'],
        summary: 'An article as safe HTML in parts, with its public address',
        params: IdParams,
        querystring: Nothing,
        response: { 200: ArticleParts, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const read = await database.withCompany(company, (trx) => readArticleUse(trx, id));
      const article = found(read, 'article', id);
      const { title, language, body } = article;
      const unlinked = whyUnlinked(article);
      const path = `/help/${encodeURIComponent(company)}/${encodeURIComponent(id)}`;
      return {
        id,
        title,
        language,
        link: unlinked === null ? `${config.publicUrl}${path}` : null,
        unlinked,
        parts: articleParts(body, unlinked === null ? helpFile(company, config.publicUrl) : noFile),
      };
    },
  );
};

/** What customers cannot get is not put into mail to them. */
const noFile = () => null;

function whyUnlinked({ published, isPublic }: ArticleUse): 'draft' | 'private' | null {
  if (!isPublic) return 'private';
  return published ? null : 'draft';
}
