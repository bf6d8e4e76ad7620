// Breaking for programs older than it: the counter of tickets moves to a row of its own.
import type { Knex } from 'knex';

/**
 * Tables that grow with every mail. Their references to `company` locked its one row for each new
 * row of theirs, all senders at once; what they say is kept by row-level security as well.
 */
const growing = [
  'customer',
  'mail',
  'message',
  'attachment',
  'note',
  'ticket_text',
  'send_attempt',
  'ticket_event',
  'ticket',
] as const;

const counter = `
create table ticket_counter (
  company text primary key references company,
  next integer not null
);
insert into ticket_counter (company, next)
  select id, next_ticket from company where next_ticket > 1;
alter table company drop column next_ticket;
alter table ticket_counter enable row level security;
alter table ticket_counter force row level security;
create policy of_company on ticket_counter to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update on ticket_counter to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(counter);
  for (const table of growing) {
    await knex.raw('alter table ?? drop constraint ??', [table, `${table}_company_fkey`]);
  }
}

export async function down(): Promise<void> {
  throw new Error('the counter of tickets is not taken back; restore a backup instead');
}
