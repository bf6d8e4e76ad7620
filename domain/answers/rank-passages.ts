import type { Passage } from './passage.ts';

/** One word of a question, cut to its stem as one language does. */
export interface AskedWord {
  dictionary: string;
  word: string;
  /** The numbers of the sentences in which it stands, from 1. */
  sentences: number[];
  /** How many articles there are in this language, and how many have the word. */
  articles: number;
  foundIn: number;
  /** Words of articles that it is, or is likely to mean; `weight` 0..1. */
  as: { word: string; weight: number }[];
}

/** A passage with those of its words that were asked for. */
export interface FoundPassage extends Omit<Passage, 'score'> {
  place: number;
  dictionary: string;
  words: { word: string; field: string; times: number }[];
}

/** A title says what the whole is about; the text says many things. */
const fieldWeights: ReadonlyMap<string, number> = new Map([
  ['A', 1],
  ['B', 0.9],
  ['C', 0.7],
  ['D', 0.6],
]);

/** A word that stands in the text again says that the text is about it. */
const AGAIN_WEIGHT = 0.1;
const AGAIN_MAX = 3;

/** Below it, nobody knows: what is found may have a word of the question, and no answer. */
export const SURE_SCORE = 0.4;

/** Below it, it is not even worth a look. */
export const SHOWN_SCORE = 0.15;

/** What another passage of the same article says, this one need not say again. */
const NEIGHBOUR_WEIGHT = 0.5;

/** Of passages in another language than the preferred one. */
const FOREIGN_WEIGHT = 0.7;

/** 0..1: a word that stands nowhere counts most, as nothing answers it. */
export function rarity({ articles, foundIn }: AskedWord): number {
  return Math.log(1 + articles / (foundIn + 0.5)) / Math.log(1 + articles / 0.5);
}

/** How much of the question stands in a passage. */
export interface Coverage {
  /** The weight of all its words that were met. */
  mass: number;
  /** Of what the whole question needs, and of what its best sentence needs. */
  share: number;
  sentenceShare: number;
}

/** Best first. */
export function rankPassages(request: {
  asked: readonly AskedWord[];
  found: readonly FoundPassage[];
  /** The dictionary of the question's language, when it is known. */
  spoken: string | null;
}): Passage[] {
  const { asked, found } = request;
  const preferred = request.spoken ?? bestKnown(asked);
  const ranked = found.map((one) => {
    const { place: _place, dictionary, words: _words, ...passage } = one;
    const neighbours = found.filter((other) => other.article === one.article && other !== one);
    const own = asked.filter((word) => word.dictionary === dictionary);
    const coverage = cover(own, one, neighbours);
    const fits = preferred === null || preferred === dictionary ? 1 : FOREIGN_WEIGHT;
    return { passage: { ...passage, score: fits * scoreOf(coverage) }, coverage };
  });
  return ranked.toSorted((a, b) => b.passage.score - a.passage.score).map(({ passage }) => passage);
}

/** The dictionary in which most of the words are known; null when there is no such one. */
function bestKnown(asked: readonly AskedWord[]): string | null {
  const counts = new Map<string, number>();
  for (const { dictionary, foundIn } of asked) {
    counts.set(dictionary, (counts.get(dictionary) ?? 0) + Math.sign(foundIn));
  }
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (first === undefined || first[1] === (second?.[1] ?? 0)) return null;
  return first[0];
}

function cover(
  asked: readonly AskedWord[],
  passage: FoundPassage,
  neighbours: readonly FoundPassage[],
): Coverage {
  const valued = asked.map((word) => {
    const nearby = neighbours.map((other) => NEIGHBOUR_WEIGHT * valueOf(word, other));
    return { word, weight: rarity(word), value: Math.max(valueOf(word, passage), ...nearby) };
  });
  const sum = (words: typeof valued) => {
    const mass = words.reduce((total, { weight, value }) => total + weight * value, 0);
    const need = words.reduce((total, { weight }) => total + weight, 0);
    return { mass, share: need === 0 ? 0 : mass / need };
  };
  const numbers = [...new Set(asked.flatMap(({ sentences }) => sentences))];
  const sentences = numbers.map((number) =>
    sum(valued.filter(({ word }) => word.sentences.includes(number))),
  );
  const best = sentences.reduce(
    (most, one) => (one.mass * one.share > most.mass * most.share ? one : most),
    { mass: 0, share: 0 },
  );
  return { ...sum(valued), sentenceShare: best.share };
}

/** 0..1: how well the passage meets the word. */
function valueOf({ as }: AskedWord, { words }: FoundPassage): number {
  let value = 0;
  for (const { word, field, times } of words) {
    const meant = as.find((one) => one.word === word);
    if (meant === undefined) continue;
    const again = AGAIN_WEIGHT * Math.min(AGAIN_MAX, Math.max(0, times - 1));
    value = Math.max(value, meant.weight * Math.min(1, (fieldWeights.get(field) ?? 0) + again));
  }
  return value;
}

/** Fitted (logistic regression) to the tuning half of the labelled questions. */
function scoreOf({ mass, share, sentenceShare }: Coverage): number {
  return 1 / (1 + Math.exp(2.8 - 1.4 * mass - 2.8 * share - 3.1 * sentenceShare));
}

/** The best passage of each article, in the order given. */
export function onePerArticle<P extends { article: string }>(passages: readonly P[]): P[] {
  const first = new Map<string, P>();
  for (const passage of passages) {
    if (!first.has(passage.article)) first.set(passage.article, passage);
  }
  return [...first.values()];
}
