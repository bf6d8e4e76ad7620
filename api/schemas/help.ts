import { Type } from '@fastify/type-provider-typebox';

import { Named, orNull } from './basics.ts';

export const HelpSite = Type.Object({
  company: Type.String({ description: 'Its name' }),
  url: Type.String({ description: 'Where everybody reads' }),
  languages: Type.Array(Type.String(), { description: 'The one with the most articles first' }),
  accentColor: orNull(Type.String({ description: '#rrggbb; null: the desk’s own' })),
});

const ArticleLink = Type.Object({ id: Type.String(), title: Type.String() });

export const ListedArticle = Type.Object({
  ...ArticleLink.properties,
  language: Type.String(),
  labels: Type.Array(Type.String()),
  knowledgeBase: Named,
  updatedAt: Type.String(),
});

export const HelpArticle = Type.Object({
  ...ListedArticle.properties,
  company: Type.String({ description: 'Its name' }),
  html: Type.String({ description: 'Cleaned' }),
  description: orNull(Type.String({ description: 'How it begins, as plain text' })),
  related: Type.Array(ArticleLink),
  translations: Type.Array(Type.Object({ id: Type.String(), language: Type.String() })),
});

export const FoundAnswer = Type.Object({
  ...ArticleLink.properties,
  language: Type.String(),
  heading: Type.String({ description: 'Of the part that answers; empty before the first one' }),
  passage: Type.String({ description: 'The part that answers, as plain text' }),
});
