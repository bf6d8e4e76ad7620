import type { Passage } from './passage.ts';

/** One word of a question, cut to its stem as one language does. */
export interface AskedWord {
  dictionary: string;
  word: string;
  /** The numbers of the sentences in which it stands. */
  sentences: number[];
  /** How many passages there are in this language, and how many have the word. */
  passages: number;
  foundIn: number;
}

/** A passage with those of its words that were asked for. */
export interface FoundPassage extends Omit<Passage, 'score'> {
  place: number;
  dictionary: string;
  words: { word: string; field: string; times: number }[];
}

const fieldWeights: ReadonlyMap<string, number> = new Map([
  ['A', 1],
  ['B', 0.9],
  ['C', 0.7],
  ['D', 0.6],
]);

/** How rare a word is: one that stands nowhere counts most, as nothing answers it. */
function rarity({ passages, foundIn }: AskedWord): number {
  return Math.log(1 + passages / (foundIn + 0.5));
}

/** Best first: by the share of what was asked that stands in the passage. */
export function rankPassages(request: {
  asked: readonly AskedWord[];
  found: readonly FoundPassage[];
  /** The dictionary of the language that is preferred. */
  preferred: string | null;
}): Passage[] {
  const { asked, found, preferred } = request;
  const ranked = found.map(({ place: _, dictionary, words, ...passage }) => {
    const own = asked.filter((word) => word.dictionary === dictionary);
    const all = own.reduce((sum, word) => sum + rarity(word), 0);
    const has = own.reduce((sum, word) => {
      const met = words.find((one) => one.word === word.word);
      return met === undefined ? sum : sum + rarity(word) * (fieldWeights.get(met.field) ?? 0);
    }, 0);
    const fits = preferred === null || preferred === dictionary ? 1 : 0.7;
    return { ...passage, score: all === 0 ? 0 : (fits * has) / all };
  });
  return ranked.toSorted((a, b) => b.score - a.score);
}

/** The best passage of each article, in the order given. */
export function onePerArticle<P extends { article: string }>(passages: readonly P[]): P[] {
  const first = new Map<string, P>();
  for (const passage of passages) {
    if (!first.has(passage.article)) first.set(passage.article, passage);
  }
  return [...first.values()];
}
