// Not breaking: each word of a company's articles once, for words that are misspelt.
import type { Knex } from 'knex';

const words = `
-- A word that no passage has any more does no harm, and goes with the next tidying up.
create table article_word (
  company text not null references company,
  dictionary text not null,
  word text collate "C" not null,
  primary key (company, dictionary, word)
);
alter table article_word enable row level security;
alter table article_word force row level security;
create policy of_company on article_word to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on article_word to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(words);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table article_word');
}
