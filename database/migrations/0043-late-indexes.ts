// Not breaking: indexes that go with 0035 and 0039, of tables that have rows already.
import type { Knex } from 'knex';

import { buildIndexes, dropIndexes } from '../build-indexes.ts';

const unique = {
  article_translation: `article (company, translation_group, language)
    where translation_group is not null`,
};
const plain = {
  suggestion_mark_dismissed: `suggestion_mark (company, dismissed_at)
    where dismissed_at is not null`,
};

export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await buildIndexes(knex, unique, 'unique index');
  await buildIndexes(knex, plain);
}

export async function down(knex: Knex): Promise<void> {
  await dropIndexes(knex, [...Object.keys(unique), ...Object.keys(plain)]);
}
