import { listKnowledgeBases } from '../../../database/queries/knowledge-bases.ts';
import type { Route } from '../../deps.ts';
import { KnowledgeBase } from '../../schemas/settings.ts';
import { listRoute } from '../plain/list-route.ts';

export const listKnowledgeBasesRoute: Route = listRoute({
  path: '/knowledge-bases',
  summary: 'All knowledge bases, by name',
  shape: KnowledgeBase,
  list: listKnowledgeBases,
});
