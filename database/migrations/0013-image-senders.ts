// Not breaking: senders whose remote images are loaded without asking.
import type { Knex } from 'knex';

const senders = `
-- A row is an agent's answer "always for this sender"; without one the console asks.
create table image_sender (
  company text not null references company,
  -- Of the From header, in lower case.
  address text not null,
  agent text,
  allowed_at timestamptz not null default now(),
  primary key (company, address),
  foreign key (company, agent) references agent on delete set null (agent)
);
alter table image_sender enable row level security;
alter table image_sender force row level security;
create policy of_company on image_sender to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on image_sender to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(senders);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table image_sender');
}
