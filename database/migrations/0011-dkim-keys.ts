// Not breaking: keys that outgoing mail is signed with.
import type { Knex } from 'knex';

const keys = `
-- One row for each key of a domain; mail is signed with the newest that is in use. The private
-- half is sealed (runtime/sealed-secrets.ts).
create table dkim_key (
  company text not null references company,
  id text not null,
  domain text not null,
  selector text not null,
  public_key text not null,
  private_key text not null,
  -- Mail is signed from here on: the record was seen in the DNS, or somebody said so.
  in_use boolean not null default false,
  checked_at timestamptz,
  check_problem text,
  created_at timestamptz not null default now(),
  primary key (company, id),
  unique (company, domain, selector)
);
alter table dkim_key enable row level security;
alter table dkim_key force row level security;
create policy of_company on dkim_key to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on dkim_key to postkeep_app;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(keys);
}

export async function down(): Promise<void> {
  throw new Error('keys that mail was signed with are not taken back; restore a backup instead');
}
