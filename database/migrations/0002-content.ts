// Not breaking: what people wrote.
import type { Knex } from 'knex';

/** What people wrote: erased with the customer, never in the log. */
const content = `
create table customer (
  company text not null references company,
  id text not null,
  name text not null default '',
  email text not null,
  created_at timestamptz not null default now(),
  primary key (company, id)
);
create table customer_address (
  company text not null,
  address text not null,
  customer text not null,
  primary key (company, address),
  foreign key (company, customer) references customer on delete cascade
);
create index customer_address_customer on customer_address (company, customer);
create table customer_note (
  company text not null,
  id text not null,
  customer text not null,
  agent text,
  text text not null,
  at timestamptz not null default now(),
  primary key (company, id),
  foreign key (company, customer) references customer on delete cascade
);
create index customer_note_customer on customer_note (company, customer, at);
-- The ledger: one row for each mail that came in, with one outcome.
create table mail (
  company text not null references company,
  id text not null,
  via text not null check (via in ('smtp', 'form')),
  received_at timestamptz not null,
  raw_hash text not null,
  raw_bytes integer not null,
  envelope_from text not null default '',
  envelope_to text[] not null default '{}',
  remote_address text,
  message_id text,
  content_key text not null,
  from_name text not null default '',
  from_address text not null default '',
  subject text not null default '',
  -- To and Cc, in lower case: who else is in the conversation, known before the mail is parsed.
  correspondents text[] not null default '{}',
  sent_at timestamptz,
  mailbox text not null,
  customer text,
  ticket integer,
  new_ticket boolean not null default false,
  follow_up_of integer,
  automatic text,
  automatic_kind text check (automatic_kind in ('report', 'answer', 'notice', 'bulk')),
  bounce_of text,
  bounce_failed boolean not null default false,
  outcome text not null default 'pending' check (outcome in
    ('pending', 'new_ticket', 'added', 'duplicate', 'bounce', 'automatic', 'parked')),
  reason text not null default '',
  message text,
  lease_until timestamptz,
  attempts integer not null default 0,
  primary key (company, id)
);
create index mail_message_id on mail (company, message_id) where message_id is not null;
create index mail_content_key on mail (company, content_key);
create index mail_pending on mail (received_at) where outcome = 'pending';
create index mail_ticket on mail (company, ticket);
create index mail_untaken on mail (company, ticket) where outcome = 'pending';
create index mail_ledger on mail (company, received_at desc, id desc);
-- Which Message-IDs a ticket's mails refer to: finds the ticket when the reply came first.
create table mail_reference (
  company text not null,
  message_id text not null,
  ticket integer not null,
  primary key (company, message_id, ticket)
);
create table message (
  company text not null references company,
  id text not null,
  ticket integer,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  mail text,
  mailbox text,
  customer text,
  writer text,
  recipient text,
  message_id text,
  from_name text not null default '',
  from_address text not null default '',
  recipients text[] not null default '{}',
  cc text[] not null default '{}',
  subject text not null default '',
  text text not null default '',
  reply_text text not null default '',
  quoted_text text not null default '',
  html text,
  snippet text not null default '',
  automatic boolean not null default false,
  authentication jsonb,
  at timestamptz not null default now(),
  undo_seconds integer,
  send_at timestamptz,
  drop_if_customer_writes boolean not null default false,
  seen integer,
  after_undo jsonb,
  up_to integer,
  rendered_hash text,
  primary key (company, id)
);
create index message_ticket on message (company, ticket, at);
create index message_message_id on message (company, message_id) where message_id is not null;
create table attachment (
  company text not null references company,
  id text not null,
  message text,
  agent text,
  filename text not null,
  content_type text not null,
  bytes integer not null,
  hash text not null,
  inline boolean not null default false,
  content_id text,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  primary key (company, id)
);
create index attachment_message on attachment (company, message, position);
create table note (
  company text not null references company,
  id text not null,
  ticket integer not null,
  agent text,
  text text not null,
  mentions text[] not null default '{}',
  at timestamptz not null default now(),
  primary key (company, id)
);
-- Subjects and reasons: short texts that the log names by id.
create table ticket_text (
  company text not null references company,
  id text not null,
  ticket integer,
  text text not null,
  primary key (company, id)
);
create table draft (
  company text not null,
  ticket integer not null,
  agent text not null,
  content jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (company, ticket, agent)
);
create table ticket_read (
  company text not null,
  ticket integer not null,
  agent text not null,
  seq integer not null,
  primary key (company, agent, ticket)
);
create table reminder_done (
  company text not null,
  id text not null,
  at timestamptz not null default now(),
  primary key (company, id)
);
create table idempotency (
  company text not null,
  agent text not null,
  key text not null,
  route text not null,
  body_hash text not null,
  ids jsonb not null default '{}',
  status integer,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (company, agent, key)
);
-- The truth about sending: what was tried, and whether it was handed over.
create table send_attempt (
  company text not null references company,
  message text not null,
  attempt integer not null,
  ticket integer not null,
  lease_until timestamptz not null,
  handed_over_at timestamptz,
  outcome text,
  code integer,
  response text not null default '',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (company, message, attempt)
);
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(content);
}

export async function down(): Promise<void> {
  throw new Error('these tables hold what there is; drop the database instead');
}
