// Not breaking: what agents choose for themselves, and what a company says and allows.
import type { Knex } from 'knex';

const columns = `
alter table agent
  -- Null: what their browser asks for.
  add column language text check (language in ('en', 'sv')),
  -- An IANA name. Null: their browser's.
  add column time_zone text,
  add column signature text not null default '',
  add column signature_html text,
  -- The small square picture in the blob store.
  add column photo_hash text,
  add column photo_bytes integer,
  -- Kinds of reminders that are switched off: a kind that is new is on.
  add column no_mail_for text[] not null default '{}',
  add column no_notice_for text[] not null default '{}',
  -- False: undo_seconds are the company's.
  add column undo_chosen boolean not null default true;
alter table company
  -- Of the mails that the desk writes itself.
  add column language text not null default 'en' check (language in ('en', 'sv')),
  add column undo_seconds integer not null default 5 check (undo_seconds between 0 and 60),
  -- Null: as many as the server takes.
  add column attachment_bytes_max bigint,
  add column mail_bytes_max bigint,
  -- Set when all first steps are done, or when nobody wants to see them.
  add column first_steps_over_at timestamptz;
alter table session
  add column browser text not null default '',
  add column address text;
create index mail_form on mail (company) where via = 'form';
create index mail_of_agent on mail (company) where agent is not null;
`;

/** Row-level security is forced on the owner too, who without a company would change no row. */
const known = `
alter table agent no force row level security;
alter table company no force row level security;
alter table ticket no force row level security;
update agent set undo_chosen = false where undo_seconds = 5;
update company set first_steps_over_at = now()
  where exists (select from ticket t where t.company = company.id);
alter table agent force row level security;
alter table company force row level security;
alter table ticket force row level security;
`;

const texts = `
-- What a company says instead of the desk's own words.
create table company_text (
  company text not null references company,
  kind text not null check (kind in ('acknowledgement', 'summary')),
  language text not null check (language in ('en', 'sv')),
  text text not null,
  primary key (company, kind, language)
);
alter table company_text enable row level security;
alter table company_text force row level security;
create policy of_company on company_text to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on company_text to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(columns);
  await knex.raw(texts);
  await knex.raw(known);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table company_text;
    drop index mail_form;
    drop index mail_of_agent;
    alter table session drop column browser, drop column address;
    alter table company drop column language, drop column undo_seconds,
      drop column attachment_bytes_max, drop column mail_bytes_max,
      drop column first_steps_over_at;
    alter table agent drop column language, drop column time_zone, drop column signature,
      drop column signature_html, drop column photo_hash, drop column photo_bytes,
      drop column no_mail_for, drop column no_notice_for, drop column undo_chosen;
  `);
}
