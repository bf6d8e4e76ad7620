import type { CompanyTransaction } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import { insertArticle } from '../../database/queries/articles.ts';
import { insertKnowledgeBase } from '../../database/queries/knowledge-bases.ts';
import { readWrittenTexts } from './written-texts.ts';

const KNOWLEDGE_BASE = 'Help for customers';

/** The public help of the demo company; gives the files of its articles, `en/warranty`, by id. */
export async function makeDemoKnowledgeBase(trx: CompanyTransaction): Promise<Map<string, string>> {
  const knowledgeBase = newId();
  await insertKnowledgeBase(trx, { id: knowledgeBase, name: KNOWLEDGE_BASE, public: true });
  const files = new Map<string, string>();
  for (const language of ['en', 'sv']) {
    for (const { file, title, body, labels } of readWrittenTexts(`articles/${language}`)) {
      const article = { id: newId(), knowledgeBase, language, published: true };
      await insertArticle(trx, { ...article, title, body, labels });
      files.set(article.id, `${language}/${file}`);
    }
  }
  return files;
}
