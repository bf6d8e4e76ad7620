// Not breaking: which file an article was imported from, so that importing again changes it.
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Its path within the folder; null for one that was written here.
    alter table article add column source text`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table article drop column source');
}
