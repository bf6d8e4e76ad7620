// Not breaking: the first tables.
import type { Knex } from 'knex';

/** Companies, people and settings. */
const accounts = `
create table company (
  id text primary key,
  name text not null,
  next_ticket integer not null default 1,
  reopen_window_ms bigint,
  created_at timestamptz not null default now()
);
create table agent (
  company text not null references company,
  id text not null,
  name text not null,
  email text not null,
  role text not null check (role in ('agent', 'admin')),
  active boolean not null default true,
  password_hash text,
  undo_seconds integer not null default 5 check (undo_seconds between 0 and 60),
  created_at timestamptz not null default now(),
  primary key (company, id)
);
-- One address signs in to one company; a person in two companies uses two addresses.
create unique index agent_email on agent (lower(email));
create table team (
  company text not null references company,
  id text not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (company, id),
  unique (company, name)
);
create table agent_team (
  company text not null,
  agent text not null,
  team text not null,
  primary key (company, agent, team),
  foreign key (company, agent) references agent on delete cascade,
  foreign key (company, team) references team on delete cascade
);
create table session (
  company text not null,
  hash text primary key,
  agent text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  foreign key (company, agent) references agent on delete cascade
);
create table api_token (
  company text not null,
  id text not null,
  name text not null,
  hash text not null unique,
  agent text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (company, id),
  foreign key (company, agent) references agent on delete cascade
);
create table mailbox (
  company text not null references company,
  id text not null,
  address text not null,
  name text not null,
  team text,
  signature text not null default '',
  acknowledge boolean not null default false,
  assistant text not null default 'off' check (assistant in ('off', 'suggest', 'answer')),
  created_at timestamptz not null default now(),
  primary key (company, id),
  foreign key (company, team) references team on delete set null (team)
);
create unique index mailbox_address on mailbox (lower(address));
create table label (
  company text not null references company,
  id text not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (company, id)
);
create unique index label_name on label (company, lower(name));
create table canned_response (
  company text not null references company,
  id text not null,
  agent text,
  title text not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (company, id)
);
create table knowledge_base (
  company text not null references company,
  id text not null,
  name text not null,
  public boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (company, id)
);
create table article (
  company text not null,
  id text not null,
  knowledge_base text not null,
  title text not null,
  body text not null,
  language text not null default 'en',
  published boolean not null default false,
  labels text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (company, id),
  foreign key (company, knowledge_base) references knowledge_base on delete cascade
);
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(accounts);
}

export async function down(): Promise<void> {
  throw new Error('these tables hold what there is; drop the database instead');
}
