// Not breaking: the color in which a company shows itself to its customers.
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // As #rrggbb; null: the desk's own.
  await knex.raw('alter table company add column accent_color text');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table company drop column accent_color');
}
