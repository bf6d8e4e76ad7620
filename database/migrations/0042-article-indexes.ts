// Not breaking: one article of a file, and one translation into a language.
import type { Knex } from 'knex';

import { buildIndexes, dropIndexes } from '../build-indexes.ts';

const built = {
  article_translation:
    'article (company, translation_group, language) where translation_group is not null',
  article_source: 'article (company, knowledge_base, source) where source is not null',
};

export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await buildIndexes(knex, built, 'unique');
}

export async function down(knex: Knex): Promise<void> {
  await dropIndexes(knex, Object.keys(built));
}
