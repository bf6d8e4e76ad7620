// Not breaking: whether articles helped those who read them.
import type { Knex } from 'knex';

const votes = `
create table article_vote (
  company text not null references company,
  id text not null,
  article text not null,
  -- A keyed hash of where the vote came from and of its day: one each. Null once the day is over.
  voter text,
  helped boolean not null,
  -- What somebody missed; empty when they did not say.
  missing text not null default '',
  at timestamptz not null default now(),
  primary key (company, id),
  foreign key (company, article) references article on delete cascade,
  unique (company, article, voter)
);
create index article_vote_voter on article_vote (company, at) where voter is not null;
alter table article_vote enable row level security;
alter table article_vote force row level security;
create policy of_company on article_vote to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on article_vote to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(votes);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table article_vote');
}
