import type { Passage } from '../domain/answers/passage.ts';
import type { NoAnswerReason } from '../domain/ticket/assistant.ts';

/** What a customer asked: the words of one mail, and no name or address beside them. */
export interface Question {
  subject: string;
  text: string;
  /** BCP 47; null when it could not be told. */
  language: string | null;
}

export interface Answer {
  /** Plain text. */
  text: string;
  /** What it is taken from, best first; each quote stands in a passage of that article. */
  sources: { article: string; quote: string }[];
  /** 0..1: how sure it is. */
  confidence: number;
}

/** Something that answers questions from passages. Null: they do not answer this one. */
export interface Provider {
  /** @throws when it fails or is aborted; its message holds no words of the question */
  answer(
    question: Question,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): Promise<Answer | null>;
}

export type Consultation =
  | { answer: Answer; passages: readonly Passage[] }
  | {
      answer: null;
      reason: NoAnswerReason;
      /** For the server's log: what went wrong, without words of the question. */
      problem: string | null;
      passages: readonly Passage[];
    };
