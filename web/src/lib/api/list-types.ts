import type { Named } from './types.ts';

/** A customer among others. */
export interface FoundCustomer extends Named {
  email: string;
}

/** What GET /tickets takes besides the view; lists of words are arrays. */
export type SavedQuery = Record<string, string | number | boolean | string[] | undefined>;

export interface SavedView {
  id: string;
  name: string;
  /** The whole company sees it. */
  shared: boolean;
  /** Who saved it. */
  agent: Named;
  view: string;
  query: SavedQuery;
  /** 100 means that or more; null where nobody counted. */
  count: number | null;
}

export type SavedViewBody = Partial<Pick<SavedView, 'name' | 'shared' | 'view' | 'query'>>;
