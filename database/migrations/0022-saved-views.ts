// Not breaking: views of tickets that agents saved, and the order in which each has them.
import type { Knex } from 'knex';

const savedViews = `
create table saved_view (
  company text not null references company,
  id text not null,
  -- Who saved it; others see it when it is shared.
  agent text not null,
  name text not null,
  shared boolean not null default false,
  -- One of the views, and what it is narrowed to: as GET /tickets takes it.
  view text not null,
  query jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (company, id),
  foreign key (company, agent) references agent on delete cascade
);
create index saved_view_agent on saved_view (company, agent);
-- Ids of views that are gone do no harm: the order is only looked up.
create table saved_view_order (
  company text not null references company,
  agent text not null,
  views text[] not null,
  primary key (company, agent),
  foreign key (company, agent) references agent on delete cascade
);
`;

const policies = ['saved_view', 'saved_view_order'].map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ${table} to postkeep_app;`,
);

export async function up(knex: Knex): Promise<void> {
  await knex.raw(savedViews + policies.join('\n'));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table saved_view_order; drop table saved_view');
}
