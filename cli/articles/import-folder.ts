import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { programKind } from '../../api/routes/files/programs.ts';
import type { CompanyTransaction, Database } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import {
  lockArticle,
  readWriting,
  saveArticleDraft,
} from '../../database/queries/article-drafts.ts';
import { listImportedArticles } from '../../database/queries/article-sources.ts';
import { insertArticle, readArticle, updateArticle } from '../../database/queries/articles.ts';
import { findAttachment, insertUpload } from '../../database/queries/attachments.ts';
import type { BlobStore } from '../../mail/blob-store.ts';
import { sniffContentType } from '../../mail/content-type.ts';
import { cleanFilename } from '../../mail/filename.ts';
import { linkedPlaces, moveLinks, readMarkdown } from './read-markdown.ts';
import type { MarkdownArticle } from './read-markdown.ts';

export interface FolderImport {
  database: Database;
  blobs: BlobStore;
  company: string;
  knowledgeBase: string;
  /** Who owns the files and the drafts. */
  agent: string;
  folder: string;
  /** Of files that do not say theirs. */
  language: string;
  publish: boolean;
  fileBytesMax: number;
  textCharsMax: number;
  titleCharsMax: number;
  /** Where everybody reads articles, without the id. */
  helpUrl: string;
}

export interface ImportReport {
  made: number;
  changed: number;
  same: number;
  problems: { path: string; reason: string }[];
}

/** Makes an article of each file, or changes the one that it was made of. */
export async function importFolder(
  asked: FolderImport,
  paths: readonly string[],
): Promise<ImportReport> {
  const { database, company, knowledgeBase } = asked;
  const known = await database.withCompany(company, (trx) =>
    listImportedArticles(trx, knowledgeBase),
  );
  const ids = new Map(known.map(({ source, id }) => [source, id]));
  const isKnown = new Set(ids.keys());
  for (const path of paths) if (!ids.has(path)) ids.set(path, newId());
  const report: ImportReport = { made: 0, changed: 0, same: 0, problems: [] };
  for (const path of paths) {
    const article = readMarkdown(path, await readFile(join(asked.folder, path), 'utf8'));
    const moved = new Map<string, string>();
    for (const place of linkedPlaces(path, article.body)) {
      const article = ids.get(place);
      const file = article === undefined ? await takeFile(asked, place) : null;
      if (article !== undefined) moved.set(place, `${asked.helpUrl}/${article}`);
      else if (file && 'id' in file) moved.set(place, `attachment:${file.id}`);
      else if (file) report.problems.push({ path, reason: file.reason });
    }
    const body = moveLinks(path, article.body, moved);
    const wrong = problemOf(asked, { ...article, body });
    if (wrong !== null) {
      report.problems.push({ path, reason: wrong });
      continue;
    }
    const id = ids.get(path) ?? newId();
    const text = { ...article, body };
    report[await keep(asked, { id, path, isNew: !isKnown.has(path), article: text })] += 1;
  }
  return report;
}

function problemOf(
  { textCharsMax, titleCharsMax }: FolderImport,
  { title, body }: MarkdownArticle,
): string | null {
  if (body === '') return 'it has no text';
  if (body.length > textCharsMax) return `its text is longer than ${textCharsMax} characters`;
  if (title.length > titleCharsMax) return `its title is longer than ${titleCharsMax} characters`;
  return null;
}

interface Kept {
  id: string;
  path: string;
  isNew: boolean;
  article: MarkdownArticle;
}

function keep(
  asked: FolderImport,
  { id, path, isNew, article }: Kept,
): Promise<'made' | 'changed' | 'same'> {
  const { database, company, knowledgeBase, publish, agent } = asked;
  const { title, body, labels } = article;
  const about = { labels, language: article.language ?? asked.language };
  return database.withCompany(company, async (trx) => {
    if (isNew) {
      const made = { id, source: path, knowledgeBase, title, body, ...about, published: publish };
      await insertArticle(trx, made, agent);
      return 'made';
    }
    await lockArticle(trx, id);
    const [now, writing] = [await readArticle(trx, id), await readWriting(trx, id)];
    if (now === null || writing === null) return 'same';
    const isPublished = publish || now.published;
    const isSameText = writing.title === title && writing.body === body;
    const isSame = isSameText && JSON.stringify(about) === JSON.stringify(aboutOf(now));
    if (isSame && now.published === isPublished && !(publish && writing.changed)) return 'same';
    await change(trx, id, { asked, now, title, body, about });
    return 'changed';
  });
}

const aboutOf = ({ labels, language }: { labels: string[]; language: string }) => ({
  labels,
  language,
});

/** What readers see of a published article changes only when that is asked for. */
async function change(
  trx: CompanyTransaction,
  id: string,
  {
    asked,
    now,
    title,
    body,
    about,
  }: {
    asked: FolderImport;
    now: { published: boolean };
    title: string;
    body: string;
    about: { labels: string[]; language: string };
  },
): Promise<void> {
  const { publish, agent } = asked;
  if (publish) return updateArticle(trx, id, { title, body, ...about, published: true }, agent);
  if (!now.published) return updateArticle(trx, id, { title, body, ...about }, agent);
  await updateArticle(trx, id, about, agent);
  await saveArticleDraft(trx, id, { title, body, agent });
}

/** A picture or another file that lies in the folder, uploaded once whatever names it. */
async function takeFile(
  { database, blobs, company, agent, folder, fileBytesMax }: FolderImport,
  place: string,
): Promise<{ id: string } | { reason: string }> {
  const path = join(folder, place);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return { reason: `it leads to "${place}", which is not there` };
  if (found.size > fileBytesMax) {
    return { reason: `"${place}" has ${found.size} bytes, and at most ${fileBytesMax} are taken` };
  }
  const content = await readFile(path);
  const program = programKind(content);
  if (program !== null) return { reason: `"${place}" is ${program}, and is not taken` };
  const filename = cleanFilename(basename(place)) || 'file';
  const { hash, size: bytes } = await blobs.put(content);
  // The same file imported again is the same upload.
  const key = JSON.stringify([company, filename, hash]);
  const id = createHash('sha256').update(key).digest('hex').slice(0, 36);
  const contentType = await sniffContentType(content, '');
  await database.withCompany(company, async (trx) => {
    if (await findAttachment(trx, id)) return;
    await insertUpload(trx, { id, agent, filename, contentType, bytes, hash });
  });
  return { id };
}
