import type { Knex } from 'knex';

/** By their names: what stands behind `on` in `create index NAME on`, such as `mail (company)`. */
export type Indexes = Readonly<Record<string, string>>;

/**
 * Builds indexes of tables that may be large while others write into them. Postgres lets that
 * happen outside of a transaction only, so the migration says `config = { transaction: false }`,
 * and what is done already is left as it is when it runs again.
 */
export async function buildIndexes(
  knex: Knex,
  indexes: Indexes,
  kind: 'index' | 'unique index' = 'index',
): Promise<void> {
  for (const [name, on] of Object.entries(indexes)) {
    const state = await stateOf(knex, name);
    if (state === 'valid') continue;
    // What a build leaves that was killed: it serves no query, and costs every write.
    if (state === 'invalid') await dropIndexes(knex, [name]);
    await knex.raw(`create ${kind} concurrently ${name} on ${on}`);
  }
}

/** Drops indexes, also those that are gone, without keeping others from their tables. */
export async function dropIndexes(knex: Knex, names: readonly string[]): Promise<void> {
  for (const name of names) await knex.raw(`drop index concurrently if exists ${name}`);
}

async function stateOf(knex: Knex, name: string): Promise<'valid' | 'invalid' | 'none'> {
  const { rows }: { rows: { valid: boolean }[] } = await knex.raw(
    'select indisvalid as valid from pg_index where indexrelid = to_regclass(?)',
    [name],
  );
  const [found] = rows;
  if (!found) return 'none';
  return found.valid ? 'valid' : 'invalid';
}
