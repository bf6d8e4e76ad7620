// Not breaking: what the assistant did in a period, out of a log that has everything else too.
import type { Knex } from 'knex';

import { buildIndexes, dropIndexes } from '../build-indexes.ts';

const built = {
  ticket_event_assistant: `ticket_event (company, at, type) where type in
    ('deflected', 'assistantAnswered', 'assistantSuggested', 'assistantHandedOver')`,
};

export const config = { transaction: false };

export async function up(knex: Knex): Promise<void> {
  await buildIndexes(knex, built);
}

export async function down(knex: Knex): Promise<void> {
  await dropIndexes(knex, Object.keys(built));
}
