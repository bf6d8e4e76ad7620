import type { Named } from '../api/basic-types.ts';
import type { ListedArticle } from './help-types.ts';

/** As many titles as are taken in at a glance; a longer list is parted by labels. */
const UNPARTED_MAX = 8;

/** A label that only one article has is no group. */
const GROUP_MIN = 2;

export interface ArticleGroup {
  /** Null: those without a group of their own. */
  label: string | null;
  articles: ListedArticle[];
}

export interface HelpBase {
  base: Named;
  /** How many articles it has. */
  count: number;
  groups: ArticleGroup[];
}

/** Knowledge bases in their order; in those with many articles each stands below one label. */
export function helpBases(articles: readonly ListedArticle[]): HelpBase[] {
  const byBase = Map.groupBy(articles, ({ knowledgeBase }) => knowledgeBase.id);
  return [...byBase.values()].flatMap((within) => {
    const base = within[0]?.knowledgeBase;
    return base === undefined ? [] : [{ base, count: within.length, groups: groupsOf(within) }];
  });
}

function groupsOf(articles: readonly ListedArticle[]): ArticleGroup[] {
  if (articles.length <= UNPARTED_MAX) return [{ label: null, articles: [...articles] }];
  const sizes = new Map<string, number>();
  for (const label of articles.flatMap(({ labels }) => labels)) {
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  const size = (label: string) => sizes.get(label) ?? 0;
  // The largest of its labels: few groups are found through sooner than many.
  const groups = Map.groupBy(articles, ({ labels }) => {
    const [largest] = labels.toSorted((a, b) => size(b) - size(a) || a.localeCompare(b));
    return largest === undefined || size(largest) < GROUP_MIN ? null : largest;
  });
  return [...groups]
    .map(([label, within]) => ({ label, articles: within }))
    .toSorted((a, b) => order(a, b));
}

/** By name, and what has none last. */
function order(a: ArticleGroup, b: ArticleGroup): number {
  if (a.label === null || b.label === null)
    return Number(a.label === null) - Number(b.label === null);
  return a.label.localeCompare(b.label);
}
