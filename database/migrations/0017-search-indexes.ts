// Not breaking: indexes for what lists of tickets are narrowed to.
import type { Knex } from 'knex';

const indexes = `
-- Without these a filter that few tickets pass reads every ticket there ever was.
create index ticket_mailbox on ticket (company, mailbox, state, last_message_at desc, number desc);
create index ticket_created on ticket (company, created_at);
-- Only solved tickets have these, so that a ticket costs nothing more while it is worked on.
create index ticket_solved on ticket (company, solved_at) where solved_at is not null;
create index ticket_solver on ticket (company, solved_by, last_message_at desc, number desc)
  where solved_by is not null;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(indexes);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop index ticket_mailbox; drop index ticket_created; drop index ticket_solved; ' +
      'drop index ticket_solver;',
  );
}
