// Not breaking: roles, policies and the look-ups that come before a company is known.
import type { Knex } from 'knex';

const tenantTables = [
  'agent',
  'team',
  'agent_team',
  'session',
  'api_token',
  'mailbox',
  'label',
  'canned_response',
  'knowledge_base',
  'article',
  'customer',
  'customer_address',
  'customer_note',
  'mail',
  'mail_reference',
  'message',
  'attachment',
  'note',
  'ticket_text',
  'draft',
  'ticket_read',
  'reminder_done',
  'idempotency',
  'send_attempt',
  'ticket_event',
  'ticket',
  'ticket_participant',
  'ticket_label',
  'message_delivery',
  'reminder',
  'ticket_sweep',
] as const;

/** The only tables that a look-up without a company may read. */
const lookupTables = [
  'company',
  'session',
  'api_token',
  'agent',
  'mailbox',
  'mail',
  'ticket',
  'ticket_sweep',
] as const;

/** Roles belong to the whole server: another database may have made them a moment ago. */
const roles = `
do $$
begin
  if not exists (select from pg_roles where rolname = 'postkeep_app') then
    create role postkeep_app nologin nobypassrls nosuperuser;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  if not exists (select from pg_roles where rolname = 'postkeep_lookup') then
    create role postkeep_lookup nologin nobypassrls nosuperuser;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  if not pg_has_role(current_user, 'postkeep_app', 'SET') then
    execute format('grant postkeep_app to %I with set true', current_user);
  end if;
  if not pg_has_role(current_user, 'postkeep_lookup', 'SET') then
    execute format('grant postkeep_lookup to %I with set true', current_user);
  end if;
end $$;
grant usage on schema public to postkeep_app, postkeep_lookup;
`;

function policies(): string {
  const own = tenantTables.map(
    (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_company on ${table} to postkeep_app
  using (company = current_setting('app.company', true))
  with check (company = current_setting('app.company', true));
grant select, insert, update, delete on ${table} to postkeep_app;`,
  );
  const lookups = lookupTables.map(
    (table) => `
create policy of_lookup on ${table} for select to postkeep_lookup using (true);
grant select on ${table} to postkeep_lookup;`,
  );
  return `
alter table company enable row level security;
alter table company force row level security;
create policy of_company on company to postkeep_app
  using (id = current_setting('app.company', true))
  with check (id = current_setting('app.company', true));
grant select, insert, update on company to postkeep_app;
${own.join('\n')}
${lookups.join('\n')}
revoke update, delete on ticket_event from postkeep_app;
`;
}

/** Every one returns ids only, and runs as a role that sees just the tables above. */
const functions: readonly (readonly [string, string, string, string])[] = [
  [
    'lookup_session',
    'text',
    'table (company text, agent text)',
    `
    select s.company, s.agent from session s
    join agent a on a.company = s.company and a.id = s.agent
    where s.hash = $1 and s.expires_at > now() and a.active`,
  ],
  [
    'lookup_token',
    'text',
    'table (company text, agent text)',
    `
    select t.company, t.agent from api_token t
    join agent a on a.company = t.company and a.id = t.agent
    where t.hash = $1 and t.revoked_at is null and a.active`,
  ],
  [
    'lookup_agent',
    'text',
    'table (company text, agent text)',
    `
    select company, id from agent where lower(email) = lower($1)`,
  ],
  [
    'lookup_mailbox',
    'text',
    'table (company text, mailbox text)',
    `
    select company, id from mailbox where lower(address) = lower($1)`,
  ],
  ['lookup_companies', '', 'table (company text)', 'select id from company order by id'],
  [
    'lookup_pending_mail',
    'interval, integer',
    'table (company text, mail text)',
    `
    select company, id from mail
    where outcome = 'pending' and received_at < now() - $1
      and (lease_until is null or lease_until < now())
    order by received_at limit $2`,
  ],
  [
    'lookup_late_tickets',
    'interval, integer',
    'table (company text, ticket integer)',
    `
    select t.company, t.number from ticket t
    left join ticket_sweep s on s.company = t.company and s.ticket = t.number
    where (t.next_due < now() - $1 or t.sending_since < now() - $1)
      and (s.synced_at is null or s.synced_at < now() -
        least(interval '10 minutes', interval '15 seconds' * power(2, least(s.waits, 10))))
    order by s.synced_at nulls first, least(t.next_due, t.sending_since) limit $2`,
  ],
];

function lookups(): string {
  const made = functions.map(
    ([name, args, result, body]) => `
create function ${name}(${args}) returns ${result} language sql stable security definer
  set search_path = pg_catalog, public as $lookup$${body}$lookup$;
revoke all on function ${name}(${args}) from public;
grant execute on function ${name}(${args}) to postkeep_app;
alter function ${name}(${args}) owner to postkeep_lookup;`,
  );
  // An owner of functions must be allowed to create in the schema, but only while it is made one.
  return `
grant create on schema public to postkeep_lookup;
${made.join('\n')}
revoke create on schema public from postkeep_lookup;
`;
}

export async function up(knex: Knex): Promise<void> {
  await knex.raw(roles);
  await knex.raw(policies());
  await knex.raw(lookups());
}

export async function down(): Promise<void> {
  throw new Error('row-level security is not taken back; drop the database instead');
}
