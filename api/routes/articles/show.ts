import { readArticle } from '../../../database/queries/articles.ts';
import type { Route } from '../../deps.ts';
import { Article } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showArticleRoute: Route = showRoute({
  path: '/articles',
  what: 'article',
  shape: Article,
  read: readArticle,
});
