// Not breaking: files that articles name, and articles that say the same in other languages.
import type { Knex } from 'knex';

const files = `
-- Every upload that a text of the article names or named, for its versions name it still.
create table article_file (
  company text not null references company,
  article text not null,
  attachment text not null,
  -- Whether the text that stands in the article now names it: readers get no other.
  shown boolean not null,
  primary key (company, article, attachment),
  foreign key (company, article) references article on delete cascade,
  foreign key (company, attachment) references attachment on delete cascade
);
create index article_file_attachment on article_file (company, attachment);
alter table article_file enable row level security;
alter table article_file force row level security;
create policy of_company on article_file to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on article_file to postkeep_app;
-- The same for all articles that say the same; null for one that is said in one language only.
alter table article add column translation_group text;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(files);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table article_file; alter table article drop column translation_group');
}
