// Not breaking: the audit log, links for invited and forgetful agents, and mails to agents.
import type { Knex } from 'knex';

const tables = `
-- Who changed which setting, and who came in. Written in the transaction of the change.
create table audit_entry (
  company text not null references company,
  id text not null,
  at timestamptz not null default now(),
  -- Null: nobody was signed in.
  actor text,
  way text not null check (way in ('session', 'token', 'link', 'nobody', 'tool')),
  kind text not null,
  act text not null,
  subject text,
  -- What it was called then.
  name text,
  changes jsonb not null default '[]',
  primary key (company, id)
);
create index audit_entry_at on audit_entry (company, at desc, id desc);
create index audit_entry_actor on audit_entry (company, actor, at desc, id desc);

alter table agent
  add column deactivated_at timestamptz,
  -- Whoever sent them away; their tickets are released in this name.
  add column deactivated_by text,
  -- Rounded: written every few minutes at most.
  add column seen_at timestamptz;
alter table api_token add column used_at timestamptz;

-- A way in without a password, once. The link itself is never stored, only its hash.
create table account_link (
  company text not null references company,
  id text not null,
  agent text not null,
  kind text not null check (kind in ('invitation', 'password')),
  hash text not null unique,
  made_by text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Another one took its place, or it was withdrawn.
  ended_at timestamptz,
  primary key (company, id),
  foreign key (company, agent) references agent on delete cascade
);
create index account_link_agent on account_link (company, agent, created_at desc);

-- Mail of the desk to its own people that belongs to no ticket. The row is the truth about its
-- sending, as send_attempt is for tickets.
create table account_mail (
  company text not null,
  id text not null,
  link text not null,
  recipient text not null,
  message_id text not null,
  created_at timestamptz not null default now(),
  next_try_at timestamptz default now(),
  attempt integer not null default 0,
  lease_until timestamptz,
  handed_over_at timestamptz,
  outcome text check (outcome in ('sent', 'failed', 'uncertain', 'dropped')),
  finished_at timestamptz,
  -- The last words of the server.
  response text,
  primary key (company, id),
  foreign key (company, link) references account_link on delete cascade
);
create index account_mail_link on account_mail (company, link);
create index account_mail_waiting on account_mail (next_try_at) where outcome is null;
`;

const policies = ['audit_entry', 'account_link', 'account_mail']
  .map(
    (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert on ${table} to postkeep_app;`,
  )
  .join('\n');

/** An entry of the audit log is never changed. Look-ups return ids, and see no recipient. */
const lookups = `
grant update, delete on account_link, account_mail to postkeep_app;
create policy of_lookup on account_link for select to postkeep_lookup using (true);
create policy of_lookup on account_mail for select to postkeep_lookup using (true);
grant select (company, id, hash) on account_link to postkeep_lookup;
grant select (company, id, next_try_at, lease_until, outcome) on account_mail to postkeep_lookup;
grant create on schema public to postkeep_lookup;
create function lookup_account_link(text) returns table (company text, link text)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, id from account_link where hash = $1$lookup$;
create function lookup_account_mail(integer) returns table (company text, mail text)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, id from account_mail
    where outcome is null and next_try_at <= now()
      and (lease_until is null or lease_until < now())
    order by next_try_at limit $1$lookup$;
-- In any order: one ticket that cannot be released must not hold up the others.
create function lookup_left_tickets(integer) returns table (company text, ticket integer)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select t.company, t.number from agent a
    join ticket t on t.company = a.company and t.owner = a.id and t.state in ('open', 'pending')
    where not a.active order by random() limit $1$lookup$;
revoke all on function lookup_account_link(text), lookup_account_mail(integer),
  lookup_left_tickets(integer) from public;
grant execute on function lookup_account_link(text), lookup_account_mail(integer),
  lookup_left_tickets(integer) to postkeep_app;
alter function lookup_account_link(text) owner to postkeep_lookup;
alter function lookup_account_mail(integer) owner to postkeep_lookup;
alter function lookup_left_tickets(integer) owner to postkeep_lookup;
revoke create on schema public from postkeep_lookup;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables);
  await knex.raw(policies);
  await knex.raw(lookups);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function lookup_left_tickets(integer);
    drop function lookup_account_mail(integer);
    drop function lookup_account_link(text);
    drop table account_mail;
    drop table account_link;
    drop table audit_entry;
    alter table api_token drop column used_at;
    alter table agent drop column deactivated_at, drop column deactivated_by, drop column seen_at;
  `);
}
