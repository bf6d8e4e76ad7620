import { deleteArticle } from '../../../database/queries/articles.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeArticleRoute: Route = removeRoute({
  path: '/articles',
  what: 'article',
  summary: 'Delete an article',
  remove: deleteArticle,
});
