import type { Named } from './types.ts';

export interface UsedItem {
  id: string;
  title: string;
  count: number;
}

/** What answers did in a period, and what had none. */
export interface AnswerReport {
  counts: {
    deflected: number;
    answered: number;
    wroteAgain: number;
    suggested: number;
    suggestedUsed: number;
    handedOver: number;
  };
  reasons: { reason: string; suggested: boolean; count: number }[];
  marks: { used: number; dismissed: number };
  topics: UnansweredTopic[];
  canned: UsedItem[];
  articles: UsedItem[];
}

export interface UnansweredTopic {
  /** What its questions have in common; none for a question by itself. */
  words: string[];
  tickets: { number: number; subject: string }[];
}

/** What customers searched the help pages for. */
export interface SearchReport {
  searches: number;
  withoutAnswer: number;
  foundNothing: { words: string; count: number; lastAt: string; foundSince: boolean }[];
}

export type Score = 'good' | 'okay' | 'bad';

export interface RatingReport {
  counts: { [score in Score]: number };
  agents: ({ agent: Named | null } & { [score in Score]: number })[];
  comments: {
    ticket: { number: number; subject: string };
    agent: Named | null;
    score: Score;
    comment: string;
    at: string;
  }[];
}
