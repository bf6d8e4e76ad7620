// Not breaking: who sent a mail, as far as that is known, and what follows from it.
import type { Knex } from 'knex';

const senders = `
alter table mail
  -- What the sending server called itself; null when a server of ours handed the mail over.
  add column helo text,
  -- Checked once, when the mail was first prepared: keys and records change later.
  add column authentication jsonb,
  -- Its sender had no part in the ticket before, but was written to by somebody who has.
  add column stranger boolean not null default false,
  -- The agent whose address it comes from, when it is not that agent's own ticket.
  add column agent text;
alter table message
  add column stranger boolean not null default false,
  -- The agent who forwarded what a customer had written.
  add column forwarded_by text,
  -- What people have to know before they believe it, in words.
  add column warning text;
alter table mailbox
  -- The server whose Authentication-Results are believed (RFC 8601, 2.2); null = known providers.
  add column authserv_id text;
-- Finds the automatic mails that an address got lately.
create index message_automatic on message (company, (lower(recipients[1])), at)
  where direction = 'out' and kind in ('acknowledgement', 'summary', 'assistant');
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(senders);
}

export async function down(): Promise<void> {
  throw new Error('what is known of senders is not taken back; restore a backup instead');
}
