import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../fixtures/answers/questions.txt', import.meta.url));

/** A question as somebody asks it, and the articles of the demo that answer it. */
export interface LabelledQuestion {
  /** `unknown`: nothing answers it. */
  kind: string;
  question: string;
  /** Files of the demo: `en/warranty`. */
  articles: string[];
  /** Every other question is kept from whoever tunes the search. */
  heldOut: boolean;
}

/** Kinds of whole mails: what stands below their heading is one question. */
const WHOLE_MAILS: readonly string[] = ['long', 'swedish-long'];

/** A long one is all that stands below its heading; of the others each line is one. */
export function labelledQuestions(): LabelledQuestion[] {
  const blocks = readFileSync(FILE, 'utf8').split(/^= /m).slice(1);
  const all = blocks.flatMap((block) => {
    const [, kind = '', articles = '', text = ''] = /^(\S+) (.*)\n([^]*)$/.exec(block) ?? [];
    const questions = WHOLE_MAILS.includes(kind) ? [text.trim()] : text.trim().split('\n');
    return questions.map((question) => {
      return { kind, question, articles: articles === '-' ? [] : articles.split(', ') };
    });
  });
  return all.map((question, place) => ({ ...question, heldOut: place % 2 === 1 }));
}
