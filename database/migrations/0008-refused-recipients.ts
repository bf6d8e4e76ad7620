// Not breaking: adds what a server said of single recipients, when it took a mail for others.
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table send_attempt add column refused jsonb not null default '[]'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table send_attempt drop column refused');
}
