// Not breaking: old entries of the audit log may be cleared, and only those.
import type { Knex } from 'knex';

/** Whatever a setting says or a mistake does, the last month stays. */
const sql = `
grant delete on audit_entry to postkeep_app;
create policy only_old on audit_entry as restrictive for delete to postkeep_app
  using (at < now() - interval '30 days');
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(sql);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop policy only_old on audit_entry; revoke delete on audit_entry from postkeep_app;',
  );
}
