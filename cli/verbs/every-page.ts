import type { Page, PageRequest } from '../../database/keyset.ts';

/** The largest page of the API, for lists that are read to their end. */
const PAGE_LIMIT = 200;

/** All items of a list that comes in pages. */
export async function everyPage<Item>(
  read: (request: PageRequest) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ limit: PAGE_LIMIT, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
