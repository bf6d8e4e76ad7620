// Not breaking: which ticket an article was made of.
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table article add column from_ticket integer');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table article drop column from_ticket');
}
