// Not breaking: what a canned response brings along, and how often it is used.
import type { Knex } from 'knex';

const columns = `
alter table canned_response
  -- Names in a path, such as "Orders/Refunds"; '' stands above all folders.
  add column folder text not null default '',
  -- Names that the ticket gets when it is used.
  add column labels text[] not null default '{}',
  -- What follows when the answer is sent: {solve: {summary}} or {pend: {days}}.
  add column after_send jsonb,
  add column used integer not null default 0,
  add column used_at timestamptz;
-- A file of a canned response goes with each answer that it is used in.
alter table attachment
  add column canned_response text,
  add foreign key (company, canned_response) references canned_response (company, id)
    on delete set null (canned_response);
create index attachment_canned_response on attachment (company, canned_response, position)
  where canned_response is not null;
`;

const back = `
alter table attachment drop column canned_response;
alter table canned_response
  drop column folder, drop column labels, drop column after_send,
  drop column used, drop column used_at;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(columns);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(back);
}
