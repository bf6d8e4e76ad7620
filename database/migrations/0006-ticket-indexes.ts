// Not breaking: indexes for what is sought by its ticket.
import type { Knex } from 'knex';

const indexes = `
-- Rebuilding goes ticket by ticket, and would read these tables whole for each.
create index message_delivery_ticket on message_delivery (company, ticket);
create index reminder_ticket on reminder (company, ticket);
-- The ticket that a mail began, asked for while the mail of a sender is stored.
create index mail_new_ticket on mail (company, ticket) where new_ticket;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(indexes);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop index message_delivery_ticket; drop index reminder_ticket; drop index mail_new_ticket;',
  );
}
