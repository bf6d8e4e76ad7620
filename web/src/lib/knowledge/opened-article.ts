import type { Article, Writing } from '../api/settings-types.ts';
import type { Text } from './other-text.ts';

/** What is said of an article besides its text. */
export interface About {
  knowledgeBase: string;
  language: string;
  /** Names with commas between them. */
  labels: string;
}

/** What the page was opened with. */
export interface OpenedArticle {
  article: Article;
  writing: Writing;
}

/** What a new one begins with: a solved ticket, or an article in another language. */
export interface BegunArticle extends Text {
  /** What it is kept under in this browser until it is made. */
  place: string;
  about: Partial<About>;
  origin: { fromTicket?: number; translationOf?: string };
  /** How many places the desk masked in what it wrote down; null: a person wrote it. */
  masked: number | null;
}
