import { readKnowledgeBase } from '../../../database/queries/knowledge-bases.ts';
import type { Route } from '../../deps.ts';
import { KnowledgeBase } from '../../schemas/settings.ts';
import { showRoute } from '../plain/show-route.ts';

export const showKnowledgeBaseRoute: Route = showRoute({
  path: '/knowledge-bases',
  what: 'knowledge base',
  shape: KnowledgeBase,
  read: readKnowledgeBase,
});
