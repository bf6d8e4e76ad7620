import { deleteKnowledgeBase } from '../../../database/queries/knowledge-bases.ts';
import type { Route } from '../../deps.ts';
import { removeRoute } from '../plain/remove-route.ts';

export const removeKnowledgeBaseRoute: Route = removeRoute({
  path: '/knowledge-bases',
  what: 'knowledge base',
  summary: 'Delete a knowledge base with its articles',
  remove: deleteKnowledgeBase,
});
