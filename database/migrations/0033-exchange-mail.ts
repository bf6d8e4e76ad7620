// Not breaking: which form was sent with an exchange, and which messages were said in it.
import type { Knex } from 'knex';

import { buildIndexes, dropIndexes } from '../build-indexes.ts';

const built = { mail_exchange: 'mail (company, exchange) where exchange is not null' };

export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await buildIndexes(knex, built);
}

export async function down(knex: Knex): Promise<void> {
  await dropIndexes(knex, Object.keys(built));
}
