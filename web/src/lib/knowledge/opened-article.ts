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

/** A new one that takes another's place in its language. */
export interface BegunArticle extends Text, Pick<About, 'knowledgeBase' | 'labels'> {
  language: string;
  translationOf: string;
}
