// Not breaking: articles in passages, and which words stand in them.
import type { Knex } from 'knex';

const passages = `
-- Both are trusted: who may make things in a database may make these.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
-- Which splitting, and which saving of the article, its passages were made of. A process of the
-- last release saves an article without them: then the times differ, and they are made anew.
alter table article add column split_version integer not null default 0;
alter table article add column split_at timestamptz;
create table article_passage (
  company text not null references company,
  article text not null,
  place integer not null,
  heading text not null,
  text text not null,
  -- The text search configuration of the article's language.
  dictionary text not null,
  primary key (company, article, place),
  foreign key (company, article) references article on delete cascade
);
-- Under row-level security an index serves only operators that leak nothing. Those of full text do
-- leak, so that an index on a tsvector would never be used; text = text is served by this one.
create table passage_word (
  company text not null references company,
  dictionary text not null,
  -- Its stem, without accents.
  word text collate "C" not null,
  article text not null,
  place integer not null,
  -- Where it stands: A title, B heading, C label, D text; the first of them.
  field text not null,
  -- How often in the text.
  times integer not null,
  primary key (company, dictionary, word, article, place),
  foreign key (company, article, place) references article_passage on delete cascade
);
create index passage_word_passage on passage_word (company, article, place);
`;

const policies = ['article_passage', 'passage_word'].map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ${table} to postkeep_app;`,
);

export async function up(knex: Knex): Promise<void> {
  await knex.raw(passages + policies.join('\n'));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table passage_word; drop table article_passage; ' +
      'alter table article drop column split_version, drop column split_at',
  );
}
