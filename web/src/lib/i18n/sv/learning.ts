import type { Words } from '../en/index.ts';

export const learning: Words['learning'] = {
  makeArticle: 'Skapa en artikel',
  makeArticleHint: 'Ett utkast av den här konversationen, utan namn och nummer',
  madeOf: 'Skapad från ärende',
  lookThrough: (masked) =>
    masked === 0
      ? 'Läs igenom innan du publicerar: inget personligt hittades.'
      : masked === 1
        ? 'Ett ställe är dolt inom hakparenteser. Läs igenom innan du publicerar.'
        : `${masked} ställen är dolda inom hakparenteser. Läs igenom innan du publicerar.`,
};
