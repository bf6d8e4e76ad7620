// Not breaking: one index for the mails that need a person or were put off.
import type { Knex } from 'knex';

import { buildIndexes, dropIndexes } from '../build-indexes.ts';

const built = {
  message_delivery_unsettled: `message_delivery (company, at desc, message desc)
    where state in ('failed', 'uncertain', 'bounced', 'deferred') and kind <> 'reminder'`,
};
/** It lacks the mails that were put off, and the new one does all that it did. */
const replaced = {
  message_delivery_state: `message_delivery (company, state, at desc)
    where state in ('failed', 'uncertain', 'bounced')`,
};

export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await buildIndexes(knex, built);
  await dropIndexes(knex, Object.keys(replaced));
}

export async function down(knex: Knex): Promise<void> {
  await buildIndexes(knex, replaced);
  await dropIndexes(knex, Object.keys(built));
}
