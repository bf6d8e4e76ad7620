// Not breaking: what a virus scanner said, and small pictures of files.
import type { Knex } from 'knex';

const tables = `
-- Why a mail or a file is not to be opened without care: the name of what was found in it.
alter table mail add column threat text;
alter table attachment add column threat text;
-- A small picture of a picture, by the content of both; without one, the reason why not.
create table thumbnail (
  company text not null references company,
  source text not null,
  hash text,
  bytes integer,
  problem text,
  primary key (company, source)
);
alter table thumbnail enable row level security;
alter table thumbnail force row level security;
create policy of_company on thumbnail to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on thumbnail to postkeep_app;
-- What a company keeps is counted by content.
create index attachment_hash on attachment (company, hash) include (bytes);
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
}

export async function down(): Promise<void> {
  throw new Error('what was found in files is not forgotten; restore a backup instead');
}
