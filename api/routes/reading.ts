import type { Route } from '../deps.ts';

/** Lists, single things and their plain create, change and delete. */
export const readingRoutes: readonly Route[] = [];
