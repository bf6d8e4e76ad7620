import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { NAME_CHARS_MAX, TEXT_CHARS_MAX } from '../../api/schemas/settings.ts';
import type { Database } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import { findAnAdmin, findKnowledgeBase } from '../../database/queries/article-sources.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { openBlobStore } from '../../mail/blobs/open-blob-store.ts';
import { readConfig } from '../../runtime/config.ts';
import { importFolder } from '../articles/import-folder.ts';
import { chooseCompany, readWords, UsageError, wordAt } from './verb.ts';
import type { Tools, Verb } from './verb.ts';

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export const importArticles: Verb = {
  name: 'import-articles',
  summary: 'Import a folder of Markdown into a knowledge base; again, it changes what it made',
  usage: ['FOLDER --knowledge-base NAME [--company ID] [--language en] [--publish]'],
  run: async (words, tools) => {
    const given = readWords(words, {
      options: ['company', 'knowledge-base', 'language'],
      flags: ['publish'],
    });
    const folder = wordAt(given.words, 0, 'the folder');
    const name = given.need('knowledge-base').trim();
    const language = given.option('language') ?? 'en';
    if (!LANGUAGE.test(language)) throw new UsageError(`"${language}" is no language, such as en`);
    const paths = await filesIn(folder);
    const config = readConfig();
    const database = tools.database();
    const company = await chooseCompany(database, given.option('company'));
    const { knowledgeBase, agent } = await destinationOf(tools, database, company, name);
    const report = await importFolder(
      {
        ...{ database, blobs: openBlobStore(config), company, knowledgeBase, agent, folder },
        ...{ language, publish: given.flag('publish') },
        fileBytesMax: config.attachmentBytesMax,
        textCharsMax: TEXT_CHARS_MAX,
        titleCharsMax: NAME_CHARS_MAX,
        helpUrl: `${config.publicUrl}/help/${encodeURIComponent(company)}`,
      },
      paths,
    );
    const { made, changed, same, problems } = report;
    for (const { path, reason } of problems) tools.print(`${path}: ${reason}`);
    tools.print(`${made} made, ${changed} changed, ${same} the same, ${problems.length} problems`);
    if (problems.length > 0) process.exitCode = 1;
  },
};

/** The Markdown in a folder and below, by paths with slashes; hidden folders are left out. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    },
  );
  const paths = found
    .filter((entry) => entry.isFile() && /\.(md|markdown)$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(\.|node_modules\/)/.test(path));
  if (paths.length === 0) throw new UsageError(`there is no Markdown (*.md) in "${folder}"`);
  return paths.sort();
}

/** One that is not there yet is made, for agents only. */
function destinationOf(
  tools: Tools,
  database: Database,
  company: string,
  name: string,
): Promise<{ knowledgeBase: string; agent: string }> {
  return database.withCompany(company, async (trx) => {
    const agent = await findAnAdmin(trx);
    if (agent === null) throw new UsageError(`"${company}" has no active admin; add one first`);
    const known = await findKnowledgeBase(trx, name);
    if (known !== null) return { knowledgeBase: known, agent };
    const knowledgeBase = newId();
    await insertKnowledgeBase(trx, { id: knowledgeBase, name, public: false });
    tools.print(`The knowledge base "${name}" is made, for agents only.`);
    return { knowledgeBase, agent };
  });
}
