import type { CannedResponse } from '../api/settings-types.ts';

export interface CannedFolder {
  /** '' for what is in none. */
  name: string;
  items: CannedResponse[];
}

/** Folders in the order of their names, what is in none first; the order within is kept. */
export function inFolders(items: readonly CannedResponse[]): CannedFolder[] {
  const folders = Map.groupBy(items, ({ folder }) => folder);
  return [...folders]
    .map(([name, inside]) => ({ name, items: inside }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
