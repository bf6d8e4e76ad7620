import { filesNamedIn } from '../../domain/answers/article-files.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { StoredFile } from './attachments.ts';

/** Keeps the files that a draft names; what readers get stays as it is. */
export async function keepNamedFiles(
  trx: CompanyTransaction,
  article: string,
  body: string,
): Promise<void> {
  const ids = filesNamedIn(body);
  if (ids.length === 0) return;
  // Files of mail are the customers': no article makes them public.
  await select(
    trx,
    `insert into article_file (company, article, attachment, shown)
     select f.company, ?, f.id, false from attachment f
     where f.id = any(?::text[]) and f.message is null and f.agent is not null
     on conflict do nothing`,
    [article, ids],
  );
}

/** From now on readers get the files that the article names, and no others. */
export async function showNamedFiles(trx: CompanyTransaction, article: string): Promise<void> {
  const [row] = await select<{ body: string }>(trx, 'select body from article where id = ?', [
    article,
  ]);
  if (row === undefined) return;
  await keepNamedFiles(trx, article, row.body);
  await select(
    trx,
    `update article_file set shown = not shown
     where article = ? and shown <> (attachment = any(?::text[]))`,
    [article, filesNamedIn(row.body)],
  );
}

/** A file that everybody may have; null when no published article of a public base names it. */
export async function findHelpFile(
  trx: CompanyTransaction,
  id: string,
): Promise<StoredFile | null> {
  const rows = await select<StoredFile>(
    trx,
    `select f.filename, f.content_type as "contentType", f.bytes, f.hash, f.threat
     from attachment f where f.id = ? and f.threat is null and exists (
       select from article_file w
       join article a on a.company = w.company and a.id = w.article and a.published
       join knowledge_base k on k.company = a.company and k.id = a.knowledge_base and k.public
       where w.company = f.company and w.attachment = f.id and w.shown)`,
    [id],
  );
  return rows[0] ?? null;
}
