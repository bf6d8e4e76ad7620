// Not breaking: whom a mail is to go to once its resending is decided.
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table message add column resend_to jsonb not null default '{}'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table message drop column resend_to');
}
