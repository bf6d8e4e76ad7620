import { fieldsOf, textIn } from '../api/json.ts';
import { forgetItem, keepItem, readItem } from '../editor/local-draft.ts';

/** What is being written, kept in this browser until the server has it. */
export interface KeptArticle {
  title: string;
  body: string;
  /** The revision that it was written on; '' for a new article. */
  base: string;
}

const keyOf = (id: string | null) => `postkeep:article:${id ?? 'new'}`;

export function keptArticle(id: string | null): KeptArticle | null {
  const kept = readItem(keyOf(id));
  if (kept === null) return null;
  const fields = fieldsOf(kept);
  const { title, body, base } = {
    title: textIn(fields, 'title'),
    body: textIn(fields, 'body'),
    base: textIn(fields, 'base'),
  };
  return { title, body, base };
}

export function keepArticle(id: string | null, kept: KeptArticle): void {
  keepItem(keyOf(id), JSON.stringify(kept));
}

export function forgetArticle(id: string | null): void {
  forgetItem(keyOf(id));
}
