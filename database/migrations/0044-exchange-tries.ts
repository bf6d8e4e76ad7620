// Not breaking: how often a solved exchange was handed over in vain, and when it is tried again.
import type { Knex } from 'knex';

const tries = `
alter table exchange add column tries integer not null default 0;
-- Null: it was not tried in vain. Infinity: it is given up.
alter table exchange add column next_try_at timestamptz;
grant select (next_try_at) on exchange to postkeep_lookup;
`;

/** @param due when it is asked for, beside that nobody took it; @param first by what */
const lookup = (due: string, first: string) => `
grant create on schema public to postkeep_lookup;
create or replace function lookup_untaken_exchanges(interval, integer)
  returns table (company text, exchange text, ticket integer)
  language sql stable security definer set search_path = pg_catalog, public as $lookup$
    select company, id, ticket from exchange
    where solved_at < now() - $1 and taken_at is null${due} order by ${first} limit $2$lookup$;
revoke create on schema public from postkeep_lookup;
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tries);
  const due = ' and (next_try_at is null or next_try_at <= now())';
  await knex.raw(lookup(due, 'coalesce(next_try_at, solved_at)'));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(lookup('', 'solved_at'));
  await knex.raw('alter table exchange drop column next_try_at, drop column tries');
}
