// Not breaking: the authority that vouches for the certificate of a mailbox's server.
import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table mailbox_server add column ca text');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table mailbox_server drop column ca');
}
