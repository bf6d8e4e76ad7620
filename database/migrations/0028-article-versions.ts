// Not breaking: what is written of an article before it is published, and every text that was.
import type { Knex } from 'knex';

const versions = `
-- The number of its newest version, 0 before it was ever published; and which saving of the article
-- that was kept of. A process of the last release saves one without: then the times differ, and
-- the version is kept afterwards.
alter table article add column version integer not null default 0;
alter table article add column version_at timestamptz;
-- Only of published articles: what is not published is its own draft.
create table article_draft (
  company text not null references company,
  article text not null,
  title text not null,
  body text not null,
  -- The version that it was begun on.
  version integer not null,
  -- Who wrote in it last.
  agent text not null,
  at timestamptz not null default now(),
  primary key (company, article),
  foreign key (company, article) references article on delete cascade
);
create table article_version (
  company text not null references company,
  article text not null,
  number integer not null,
  title text not null,
  body text not null,
  -- Null: a program.
  agent text,
  at timestamptz not null,
  primary key (company, article, number),
  foreign key (company, article) references article on delete cascade
);
`;

const policies = ['article_draft', 'article_version'].map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ${table} to postkeep_app;`,
);

export async function up(knex: Knex): Promise<void> {
  await knex.raw(versions + policies.join('\n'));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table article_version; drop table article_draft; ' +
      'alter table article drop column version, drop column version_at',
  );
}
