// Not breaking: customers that are one person, and notes that were changed.
import type { Knex } from 'knex';

const merged = `
-- The log and the content keep the id that they were written with; this says whose it is now.
alter table customer add column merged_into text;
alter table customer add foreign key (company, merged_into) references customer on delete cascade;
create index customer_merged on customer (company, merged_into) where merged_into is not null;
alter table customer_note add column edited_at timestamptz;
alter table note add column edited_at timestamptz;
alter table note add column deleted_at timestamptz;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(merged);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table note drop column deleted_at;
    alter table note drop column edited_at;
    alter table customer_note drop column edited_at;
    alter table customer drop column merged_into`);
}
