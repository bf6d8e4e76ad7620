/** One part of an article that answers by itself: the text below one heading. */
export interface Passage {
  /** The article's id. */
  article: string;
  /** The article's. */
  title: string;
  /** Empty before the first heading. */
  heading: string;
  /** Plain text, without Markdown. */
  text: string;
  /** BCP 47. */
  language: string;
  /** Of a public knowledge base. */
  isPublic: boolean;
  /** 0..1: how sure it is that this answers the question, comparable between questions. */
  score: number;
}
