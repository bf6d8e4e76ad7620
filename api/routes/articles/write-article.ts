import type { CompanyTransaction } from '../../../database/client.ts';
import {
  lockArticle,
  readWriting,
  saveArticleDraft,
} from '../../../database/queries/article-drafts.ts';
import type { Writing } from '../../../database/queries/article-drafts.ts';
import { setTranslationOf } from '../../../database/queries/article-translations.ts';
import { readArticle, updateArticle } from '../../../database/queries/articles.ts';
import { refused } from '../../../domain/errors.ts';
import { found } from '../../missing.ts';

/** Held for the rest of the transaction. @throws RefusedError `not_found` */
export async function beginWriting(trx: CompanyTransaction, id: string): Promise<Writing> {
  await lockArticle(trx, id);
  return found(await readWriting(trx, id), 'article', id);
}

/** @throws RefusedError `news` when the article says something else than its writer believes */
export function refuseOtherText(now: Writing, base: string | undefined): void {
  if (base === undefined || base === now.revision) return;
  const who = now.by === null ? 'Somebody' : now.by.name;
  throw refused(
    'news',
    `${who} has changed this article since you began with its text "${base}". ` +
      'Read what it says now, and save again with its revision.',
    { since: base, title: now.title, body: now.body, revision: now.revision },
  );
}

/** Into the draft; an article that is not published is its own. */
export async function writeText(
  trx: CompanyTransaction,
  id: string,
  text: { title: string; body: string },
  { base, agent }: { base: string; agent: string },
): Promise<Writing> {
  const now = await beginWriting(trx, id);
  if (now.title === text.title && now.body === text.body) return now;
  refuseOtherText(now, base);
  if (now.published) await saveArticleDraft(trx, id, { ...text, agent });
  else await updateArticle(trx, id, text, agent);
  return found(await readWriting(trx, id), 'article', id);
}

/** @throws RefusedError `validation` for what nobody could find, or would have to read */
export function refuseEmptyText({ title, body }: { title: string; body: string }): void {
  const missing = title.trim() === '' ? 'title' : body.trim() === '' ? 'text' : null;
  if (missing === null) return;
  throw refused('validation', `The article has no ${missing}; write one before publishing it.`);
}

/** @throws RefusedError `not_found`, `already_exists` for a second one in a language */
export async function translate(
  trx: CompanyTransaction,
  id: string,
  of: string | null | undefined,
): Promise<void> {
  if (of === undefined || of === id) return;
  if (of !== null) found(await readArticle(trx, of), 'article', of);
  await setTranslationOf(trx, id, of);
}
