import { fieldsOf, textIn } from '../api/json.ts';
import { forgetItem, keepItem, readItem } from '../editor/local-draft.ts';

/** What is being written, kept in this browser until the server has it. */
export interface KeptArticle {
  title: string;
  body: string;
  /** The revision that it was written on; '' for a new article. */
  base: string;
}

/** By its id, or by what it will be. */
const keyOf = (article: string) => `postkeep:article:${article}`;

export function keptArticle(article: string): KeptArticle | null {
  const kept = readItem(keyOf(article));
  if (kept === null) return null;
  const fields = fieldsOf(kept);
  return {
    title: textIn(fields, 'title'),
    body: textIn(fields, 'body'),
    base: textIn(fields, 'base'),
  };
}

export function keepArticle(article: string, kept: KeptArticle): void {
  keepItem(keyOf(article), JSON.stringify(kept));
}

export function forgetArticle(article: string): void {
  forgetItem(keyOf(article));
}
