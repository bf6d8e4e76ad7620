// Not breaking: who merged customers, and when.
import type { Knex } from 'knex';

const columns = `
alter table customer
  -- Who made it part of the other one; null while it is not, and when nobody noted it.
  add column merged_by text,
  add column merged_at timestamptz,
  -- What it was called then: its name and address are the other one's now.
  add column merged_name text;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(columns);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'alter table customer drop column merged_by, drop column merged_at, drop column merged_name',
  );
}
