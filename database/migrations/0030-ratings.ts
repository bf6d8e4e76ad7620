// Not breaking: what customers think of the help that they got.
import type { Knex } from 'knex';

const ratings = `
-- What a customer said, by the id that the log names; the newest one of a ticket counts.
create table ticket_rating (
  company text not null references company,
  id text not null,
  ticket integer not null,
  score text not null check (score in ('good', 'okay', 'bad')),
  comment text not null default '',
  at timestamptz not null default now(),
  primary key (company, id)
);
create index ticket_rating_ticket on ticket_rating (company, ticket);
create index ticket_rating_at on ticket_rating (company, at);
alter table ticket_rating enable row level security;
alter table ticket_rating force row level security;
create policy of_company on ticket_rating to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ticket_rating to postkeep_app;
-- The rating that counts, and whose help it was when it came.
alter table ticket add column rating text, add column rating_agent text,
  add column rating_team text;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(ratings);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table ticket drop column rating, drop column rating_agent, drop column rating_team;
    drop table ticket_rating`);
}
