import type { CompanyTransaction } from '../database/client.ts';
import { newId } from '../database/new-id.ts';
import { insertArticle } from '../database/queries/articles.ts';
import { insertKnowledgeBase } from '../database/queries/knowledge-bases.ts';

/** A company that has written for years; its articles are about other things than the demo's. */
export const GROWN_ARTICLES = 250;
export const GROWN_PASSAGES = 8 * GROWN_ARTICLES;

/** Of a shop with some thousand articles; the commonest ones stand in nearly every text. */
const WORDS = 8_000;
const WORDS_A_PASSAGE = 70;

const SYLLABLES = 'ka lo mi ner sta vi pol du gra tem ri sol an be chu for gli hen jo qua'.split(
  ' ',
);

/** Deterministic, so that every run has the same articles. */
export async function growKnowledgeBase(trx: CompanyTransaction): Promise<void> {
  const knowledgeBase = newId();
  await insertKnowledgeBase(trx, { id: knowledgeBase, name: 'Grown', public: true });
  const next = numbers(1);
  for (let index = 0; index < GROWN_ARTICLES; index += 1) {
    const sections = Array.from({ length: 8 }, () => {
      return `## ${text(next, 4)}\n\n${text(next, WORDS_A_PASSAGE)}.`;
    });
    await insertArticle(trx, {
      id: newId(),
      knowledgeBase,
      title: `${text(next, 4)} ${index}`,
      body: sections.join('\n\n'),
      language: index % 3 === 0 ? 'sv' : 'en',
      published: true,
    });
  }
}

/** As languages have it: the second word half as often as the first one, and so on. */
function text(next: () => number, words: number): string {
  const one = () => word(Math.floor(WORDS ** next()));
  return Array.from({ length: words }, one).join(' ');
}

function word(rank: number): string {
  const parts: string[] = [];
  for (let left = rank + SYLLABLES.length; left > 0; left = Math.floor(left / SYLLABLES.length)) {
    parts.push(SYLLABLES[left % SYLLABLES.length] ?? '');
  }
  return parts.join('');
}

/** Numbers from 0 to 1, the same ones in each run (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
