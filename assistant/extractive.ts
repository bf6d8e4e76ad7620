import type { Passage } from '../domain/answers/passage.ts';
import { SURE_SCORE } from '../domain/answers/rank-passages.ts';
import type { Answer, Provider } from './provider.ts';

/** A second passage is quoted as well when it fits nearly as well. */
const NEARLY = 0.92;
const QUOTED_MAX = 2;

/** What somebody reads of one quote; the rest is behind its link. */
const QUOTE_CHARS_MAX = 900;

/** Built in, without a model: quotes the best passages as they are, so that it cannot invent. */
export const extractive: Provider = {
  answer: (_question, passages) => Promise.resolve(quoteBest(passages)),
};

function quoteBest(passages: readonly Passage[]): Answer | null {
  const [best] = passages;
  if (!best || best.score < SURE_SCORE) return null;
  const quoted = passages
    .filter(({ language, score }) => score >= best.score * NEARLY && language === best.language)
    .slice(0, QUOTED_MAX)
    .map(({ article, text }) => ({ article, quote: beginning(text) }));
  return {
    text: quoted.map(({ quote }) => quote).join('\n\n'),
    sources: quoted,
    confidence: best.score,
  };
}

/** Whole sentences or lines, as many as fit. */
function beginning(text: string): string {
  const whole = text.trim();
  if (whole.length <= QUOTE_CHARS_MAX) return whole;
  const cut = whole.slice(0, QUOTE_CHARS_MAX);
  const end = Math.max(cut.lastIndexOf('\n'), cut.search(/[.!?](?=[^.!?]*$)/) + 1);
  return (end > 0 ? cut.slice(0, end) : cut).trim();
}
