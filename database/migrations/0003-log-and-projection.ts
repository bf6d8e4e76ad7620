// Not breaking: the log and what is read from it.
import type { Knex } from 'knex';

/** The log, which has the last word. */
const log = `
create table ticket_event (
  company text not null references company,
  ticket integer not null,
  seq integer not null,
  at timestamptz not null,
  actor jsonb not null,
  command text not null,
  command_hash text not null,
  type text not null,
  data jsonb not null,
  primary key (company, ticket, seq)
);
create index ticket_event_command on ticket_event (company, ticket, command);
`;

/** Functions of log and content: can be dropped and rebuilt. */
const projection = `
create table ticket (
  company text not null references company,
  number integer not null,
  seq integer not null default 0,
  state_version integer not null,
  folded jsonb not null,
  state text not null,
  closed boolean not null default false,
  owner text,
  team text,
  customer text,
  mailbox text,
  subject text not null default '',
  snippet text not null default '',
  waiting_since timestamptz,
  pending_until timestamptz,
  pended_by text,
  auto_solve_at timestamptz,
  solved_at timestamptz,
  solved_kind text,
  solved_by text,
  last_message_at timestamptz,
  last_customer_seq integer not null default 0,
  created_at timestamptz,
  next_due timestamptz,
  sending_since timestamptz,
  primary key (company, number)
);
create index ticket_owner on ticket (company, owner, state, last_message_at desc, number desc);
create index ticket_team on ticket (company, state, team, last_message_at desc, number desc);
create index ticket_state on ticket (company, state, last_message_at desc, number desc);
create index ticket_pended on ticket (company, pended_by, last_message_at desc)
  where state = 'pending';
create index ticket_customer on ticket (company, customer, number desc);
create index ticket_due on ticket (next_due) where next_due is not null;
create index ticket_sending on ticket (sending_since) where sending_since is not null;
create table ticket_participant (
  company text not null,
  ticket integer not null,
  agent text not null,
  primary key (company, agent, ticket)
);
create index ticket_participant_ticket on ticket_participant (company, ticket);
create table ticket_label (
  company text not null,
  ticket integer not null,
  label text not null,
  primary key (company, ticket, label)
);
create index ticket_label_label on ticket_label (company, label, ticket);
create table message_delivery (
  company text not null,
  message text not null,
  ticket integer not null,
  kind text not null,
  writer text,
  state text not null,
  attempt integer not null default 0,
  leave_at timestamptz,
  next_at timestamptz,
  at timestamptz not null,
  primary key (company, message)
);
create index message_delivery_state on message_delivery (company, state, at desc)
  where state in ('failed', 'uncertain', 'bounced');
create table reminder (
  company text not null,
  id text not null,
  agent text not null,
  ticket integer not null,
  kind text not null,
  at timestamptz not null,
  primary key (company, id)
);
create index reminder_agent on reminder (company, agent, at desc);
-- When a sweeper last asked a ticket to look at itself; not rebuilt, and not missed.
create table ticket_sweep (
  company text not null,
  ticket integer not null,
  synced_at timestamptz not null,
  waits integer not null default 0,
  primary key (company, ticket)
);
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(log + projection);
}

export async function down(): Promise<void> {
  throw new Error('these tables hold what there is; drop the database instead');
}
