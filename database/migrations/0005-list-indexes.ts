// Not breaking: indexes for lists that grow with the company.
import type { Knex } from 'knex';

const indexes = `
-- Parked mail is rare and counted with every view; it must not be sought among all mail.
create index mail_parked on mail (company, received_at desc, id desc) where outcome = 'parked';
-- Longest waiting first, also in views that hold every ticket there ever was.
create index ticket_waiting on ticket (company, state, waiting_since, number)
  where waiting_since is not null;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(indexes);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index mail_parked; drop index ticket_waiting;');
}
