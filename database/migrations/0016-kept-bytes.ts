// Not breaking: how much is kept of a mail that was too large to be taken.
import type { Knex } from 'knex';

const column = `
-- raw_bytes is the size of the mail. Null: all of it is kept.
alter table mail add column kept_bytes integer;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(column);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table mail drop column kept_bytes');
}
