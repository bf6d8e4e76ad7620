/** A question that nobody had an answer to, by the words that say something. */
export interface TopicQuestion {
  /** Stems with the words that they come from, each stem once. */
  words: readonly { stem: string; word: string }[];
}

export interface Topic<Question> {
  /** What the questions have in common, as one of them says it; none for a question by itself. */
  words: string[];
  questions: Question[];
}

/** In so large a part of many questions a word says what the company is about, and no topic. */
const COMMON_SHARE = 0.4;
const MANY_QUESTIONS = 8;

/** Words in a topic's name. */
const NAME_WORDS_MAX = 3;

/**
 * Questions with the same two salient stems are one topic, the largest first, then those with one;
 * what is left stands alone. Each question is in one topic.
 */
export function groupTopics<Question extends TopicQuestion>(
  questions: readonly Question[],
): Topic<Question>[] {
  const salient = salientStems(questions);
  const topics: Topic<Question>[] = [];
  let left = questions.filter((question) => question.words.some(({ stem }) => salient.has(stem)));
  const alone = questions.filter((question) => !left.includes(question));
  for (const size of [2, 1]) {
    const shared = countOf(left.flatMap((question) => keysOf(question, salient, size)));
    for (;;) {
      const key = largest(shared);
      if (key === null) break;
      const stems = key.split(BETWEEN);
      const members = left.filter((question) => hasAll(question, stems));
      topics.push({ words: nameOf(members, stems, salient), questions: members });
      left = left.filter((question) => !hasAll(question, stems));
      for (const gone of members.flatMap((question) => keysOf(question, salient, size))) {
        const count = shared.get(gone);
        if (count !== undefined) shared.set(gone, count - 1);
      }
    }
  }
  const others = [...left, ...alone].map((question) => ({ words: [], questions: [question] }));
  return [...topics, ...others].toSorted((a, b) => b.questions.length - a.questions.length);
}

function salientStems(questions: readonly TopicQuestion[]): Set<string> {
  const counts = countOf(questions.flatMap(({ words }) => words.map(({ stem }) => stem)));
  const many = questions.length >= MANY_QUESTIONS;
  const most = many ? questions.length * COMMON_SHARE : questions.length;
  return new Set(
    [...counts].filter(([, count]) => count >= 2 && count <= most).map(([stem]) => stem),
  );
}

/** No stem has it. */
const BETWEEN = '\n';

/** The salient stems of a question, by themselves or in pairs. */
function keysOf(
  { words }: TopicQuestion,
  salient: ReadonlySet<string>,
  size: number,
): readonly string[] {
  const stems = words.map(({ stem }) => stem).filter((stem) => salient.has(stem));
  if (size === 1) return stems;
  return stems.flatMap((a) => stems.filter((b) => a < b).map((b) => a + BETWEEN + b));
}

/** What most of the questions share; null when no two do. What only one has is counted no more. */
function largest(shared: Map<string, number>): string | null {
  let best: { key: string; count: number } | null = null;
  for (const [key, count] of shared) {
    if (count < 2) shared.delete(key);
    else if (count > (best?.count ?? 0)) best = { key, count };
  }
  return best?.key ?? null;
}

function hasAll({ words }: TopicQuestion, stems: readonly string[]): boolean {
  return stems.every((stem) => words.some((word) => word.stem === stem));
}

/** The stems that all of them have, in the order of the first one, as most of them write them. */
function nameOf(
  members: readonly TopicQuestion[],
  key: readonly string[],
  salient: ReadonlySet<string>,
): string[] {
  const all = members.flatMap(({ words }) => words);
  const counts = countOf(all.map(({ stem }) => stem));
  const others = [...counts]
    .filter(([stem, count]) => salient.has(stem) && count === members.length)
    .map(([stem]) => stem);
  const stems = [...new Set([...key, ...others])].slice(0, NAME_WORDS_MAX);
  const first = members[0]?.words.map(({ stem }) => stem) ?? [];
  const inOrder = stems.toSorted((a, b) => first.indexOf(a) - first.indexOf(b));
  return inOrder.map((stem) => {
    const written = countOf(all.filter((word) => word.stem === stem).map(({ word }) => word));
    const [most] = [...written].toSorted(([, a], [, b]) => b - a);
    return most?.[0] ?? stem;
  });
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
