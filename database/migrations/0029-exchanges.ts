// Not breaking: what visitors ask the assistant, and where their words go.
import type { Knex } from 'knex';

const tables = `
-- One visitor's questions, until they are a ticket's or forgotten. Whoever knows the conversation's
-- secret goes on with it; here is only its hash.
create table exchange (
  company text not null references company,
  id text not null,
  hash text not null,
  mailbox text not null,
  email text not null default '',
  name text not null default '',
  remote_address text,
  begun_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- The ticket that it was solved as, and when the ticket's log took it.
  ticket integer,
  customer text,
  solved_at timestamptz,
  taken_at timestamptz,
  primary key (company, id)
);
create unique index exchange_hash on exchange (hash);
create index exchange_untaken on exchange (solved_at)
  where solved_at is not null and taken_at is null;
create index exchange_expires on exchange (company, expires_at);
create table exchange_turn (
  company text not null,
  exchange text not null,
  place integer not null,
  question text not null,
  -- Null where there was none, with the reason.
  answer text,
  reason text,
  -- Of the question, where it could be told.
  language text,
  -- [{article, title}], as they were when it was answered.
  sources jsonb not null,
  confidence real,
  at timestamptz not null default now(),
  primary key (company, exchange, place),
  foreign key (company, exchange) references exchange on delete cascade
);
-- The exchange that a form was sent with, and the one that a message was said in.
alter table mail add column exchange text;
alter table message add column exchange text;
`;

const policies = ['exchange', 'exchange_turn']
  .map(
    (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ${table} to postkeep_app;`,
  )
  .join('\n');

/** A look-up sees ids, the hash and what it chooses by. */
const lookups = `
create policy of_lookup on exchange for select to postkeep_lookup using (true);
grant select (company, id, hash, mailbox, ticket, solved_at, taken_at) on exchange
  to postkeep_lookup;
grant create on schema public to postkeep_lookup;
create function lookup_exchange(text)
  returns table (company text, exchange text, mailbox text)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, id, mailbox from exchange where hash = $1$lookup$;
create function lookup_untaken_exchanges(interval, integer)
  returns table (company text, exchange text, ticket integer)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, id, ticket from exchange
    where solved_at < now() - $1 and taken_at is null order by solved_at limit $2$lookup$;
revoke all on function lookup_exchange(text) from public;
revoke all on function lookup_untaken_exchanges(interval, integer) from public;
grant execute on function lookup_exchange(text) to postkeep_app;
grant execute on function lookup_untaken_exchanges(interval, integer) to postkeep_app;
alter function lookup_exchange(text) owner to postkeep_lookup;
alter function lookup_untaken_exchanges(interval, integer) owner to postkeep_lookup;
revoke create on schema public from postkeep_lookup;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
  await knex.raw(policies);
  await knex.raw(lookups);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table message drop column exchange;
    alter table mail drop column exchange;
    drop function lookup_untaken_exchanges(interval, integer);
    drop function lookup_exchange(text);
    drop table exchange_turn;
    drop table exchange`);
}
