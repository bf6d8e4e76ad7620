// Not breaking: the sites that may show a mailbox's support module, and proofs that were used.
import type { Knex } from 'knex';

const tables = `
-- As browsers name them: https://shop.example
alter table mailbox add column origins text[] not null default '{}';
-- A challenge whose proof came with a form; gone once the challenge itself is over.
create table used_challenge (
  company text not null references company,
  id text not null,
  expires_at timestamptz not null,
  primary key (company, id)
);
alter table used_challenge enable row level security;
alter table used_challenge force row level security;
create policy of_company on used_challenge to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on used_challenge to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table used_challenge; alter table mailbox drop column origins');
}
