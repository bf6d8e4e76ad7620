// Not breaking: when canned responses and articles were put into answers, for the report.
import type { Knex } from 'knex';

const uses = `
create table answer_use (
  company text not null references company,
  id text not null,
  kind text not null check (kind in ('canned', 'article')),
  -- The canned response or the article; it may be gone by now.
  item text not null,
  agent text not null,
  at timestamptz not null default now(),
  primary key (company, id)
);
create index answer_use_at on answer_use (company, at);
alter table answer_use enable row level security;
alter table answer_use force row level security;
create policy of_company on answer_use to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on answer_use to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(uses);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table answer_use');
}
