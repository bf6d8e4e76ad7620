// Not breaking: servers of mailboxes, their health, aliases, and mails that were fetched.
import type { Knex } from 'knex';

const tables = `
alter table mailbox
  add column display_name text,
  add column signature_html text,
  add column plus_addresses boolean not null default true;
-- More addresses of a mailbox: mail to them is taken, and answered from the one written to.
create table mailbox_alias (
  company text not null,
  mailbox text not null,
  address text not null,
  primary key (company, address),
  foreign key (company, mailbox) references mailbox on delete cascade
);
create unique index mailbox_alias_address on mailbox_alias (lower(address));
-- Where a mailbox is read from ('in', IMAP) and by which server it sends ('out', SMTP). Secrets
-- are sealed (runtime/sealed-secrets.ts); version counts changes of the settings.
create table mailbox_server (
  company text not null,
  mailbox text not null,
  direction text not null check (direction in ('in', 'out')),
  version integer not null default 1,
  enabled boolean not null default true,
  host text not null,
  port integer not null,
  tls text not null check (tls in ('implicit', 'starttls', 'none')),
  any_certificate boolean not null default false,
  login text,
  auth text not null check (auth in ('none', 'password', 'oauth2')),
  secret text,
  token_endpoint text,
  client_id text,
  client_secret text,
  scope text,
  -- What was got for the refresh token; whoever renews it holds the lease.
  access_token text,
  access_token_until timestamptz,
  token_lease_until timestamptz,
  folder text,
  taken text check (taken in ('move', 'seen')),
  processed_folder text,
  existing text check (existing in ('unseen', 'all', 'none')),
  primary key (company, mailbox, direction),
  foreign key (company, mailbox) references mailbox on delete cascade
);
-- How far a mailbox is read, by whom, and how that goes. The cursor is the highest UID up to
-- which every mail is stored and put away.
create table mailbox_fetch (
  company text not null,
  mailbox text not null,
  holder text,
  lease_until timestamptz,
  folder text,
  uid_validity bigint,
  last_uid bigint not null default 0,
  -- Mails up to this UID were there before: they are taken when unseen, or newer than begun_at.
  baseline_uid bigint not null default 0,
  begun_at timestamptz,
  last_fetch_at timestamptz,
  last_mail_at timestamptz,
  error_step text,
  error text,
  failing_since timestamptz,
  next_try_at timestamptz,
  primary key (company, mailbox),
  foreign key (company, mailbox) references mailbox on delete cascade
);
alter table mail drop constraint mail_via_check;
alter table mail add constraint mail_via_check check (via in ('smtp', 'form', 'imap', 'import'));
alter table mail
  -- The address of ours that it was written to.
  add column written_to text,
  -- What it is called where it was fetched from, so that reading it again is not another mail.
  add column source text,
  -- For mails of an archive: what becomes of the conversation that they begin.
  add column import_as text check (import_as in ('solved', 'new'));
create unique index mail_source on mail (company, mailbox, source) where source is not null;
`;

const tenantTables = ['mailbox_alias', 'mailbox_server', 'mailbox_fetch'] as const;

const policies = tenantTables
  .map(
    (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
create policy of_lookup on ${table} for select to postkeep_lookup using (true);
grant select, insert, update, delete on ${table} to postkeep_app;`,
  )
  .join('\n');

/** A look-up sees ids and what it chooses by; no secret is granted to its role. */
const lookups = `
grant select on mailbox_alias to postkeep_lookup;
grant select (company, mailbox, direction, version, enabled) on mailbox_server to postkeep_lookup;
grant create on schema public to postkeep_lookup;
create or replace function lookup_mailbox(text) returns table (company text, mailbox text)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, id from mailbox where lower(address) = lower($1)
    union all
    select company, mailbox from mailbox_alias where lower(address) = lower($1)
    limit 1$lookup$;
create function lookup_fetched_mailboxes()
  returns table (company text, mailbox text, version integer)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, mailbox, version from mailbox_server where direction = 'in' and enabled
    order by company, mailbox$lookup$;
revoke all on function lookup_fetched_mailboxes() from public;
grant execute on function lookup_fetched_mailboxes() to postkeep_app;
alter function lookup_fetched_mailboxes() owner to postkeep_lookup;
revoke create on schema public from postkeep_lookup;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
  await knex.raw(policies);
  await knex.raw(lookups);
}

export async function down(): Promise<void> {
  throw new Error('the settings of mailboxes are not taken back; restore a backup instead');
}
