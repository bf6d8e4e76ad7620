// Not breaking: what people searched the articles for, and how much was found.
import type { Knex } from 'knex';

const searches = `
-- Of nobody: no address, no agent, and without what tells who somebody is.
create table answer_search (
  company text not null references company,
  id text not null,
  -- As asked, and as it is compared.
  words text not null,
  normalised text not null,
  -- Where somebody searched: help, module.
  place text not null,
  language text,
  -- How many articles.
  found integer not null,
  at timestamptz not null default now(),
  primary key (company, id)
);
create index answer_search_at on answer_search (company, at);
alter table answer_search enable row level security;
alter table answer_search force row level security;
create policy of_company on answer_search to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on answer_search to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(searches);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table answer_search');
}
