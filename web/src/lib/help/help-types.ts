import type { Named } from '../api/basic-types.ts';

/** The shapes of /api/v1/help. */
export interface HelpSite {
  company: string;
  url: string;
  languages: string[];
  accentColor: string | null;
}

export interface ArticleLink {
  id: string;
  title: string;
}

export interface ListedArticle extends ArticleLink {
  language: string;
  labels: string[];
  knowledgeBase: Named;
  updatedAt: string;
}

export interface HelpArticle extends ListedArticle {
  company: string;
  html: string;
  description: string | null;
  related: ArticleLink[];
  translations: { id: string; language: string }[];
}

export interface FoundAnswer extends ArticleLink {
  language: string;
  heading: string;
  passage: string;
}
