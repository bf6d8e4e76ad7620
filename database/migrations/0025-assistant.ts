// Not breaking: what the assistant found, and what became of suggestions.
import type { Knex } from 'knex';

const assistant = `
-- Written once by the activity that asks, under an id that follows from the question.
create table assistant_answer (
  company text not null references company,
  id text not null,
  ticket integer not null,
  text text not null,
  -- Of the question, where it could be told.
  language text,
  -- [{article, title, heading, quote}], as they were when it was written.
  sources jsonb not null,
  confidence real not null,
  at timestamptz not null default now(),
  primary key (company, id)
);
create index assistant_answer_ticket on assistant_answer (company, ticket);
-- Whether agents had use for it; the assistant's, or an article.
create table suggestion_mark (
  company text not null references company,
  ticket integer not null,
  suggestion text not null,
  kind text not null check (kind in ('assistant', 'article')),
  used_at timestamptz,
  dismissed_at timestamptz,
  -- Who did so last.
  agent text not null,
  primary key (company, ticket, suggestion)
);
create index suggestion_mark_used on suggestion_mark (company, used_at) where used_at is not null;
alter table company_text drop constraint company_text_kind_check;
alter table company_text add constraint company_text_kind_check
  check (kind in ('acknowledgement', 'summary', 'assistant'));
`;

const policies = ['assistant_answer', 'suggestion_mark'].map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ${table} to postkeep_app;`,
);

export async function up(knex: Knex): Promise<void> {
  await knex.raw(assistant + policies.join('\n'));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from company_text where kind = 'assistant';
    alter table company_text drop constraint company_text_kind_check;
    alter table company_text add constraint company_text_kind_check
      check (kind in ('acknowledgement', 'summary'));
    drop table suggestion_mark;
    drop table assistant_answer`);
}
