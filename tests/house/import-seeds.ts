/** One seed: a file, what it holds, and the rule of .dependency-cruiser.cjs that must name it. */
export interface Seed {
  rule: string;
  file: string;
  text: string;
}

const use = (path: string): string =>
  `import { thing } from '${path}';\nexport const used = thing;\n`;
const typesOf = (path: string): string =>
  `import type { Thing } from '${path}';\nexport type Used = Thing;\n`;

/** Rooms that every seed below points at: one small file each, importing nothing. */
export const GROUND = [
  'domain/ground.ts',
  'workflows/ground.ts',
  'workflows/messages.ts',
  'activities/ground.ts',
  'intake/ground.ts',
  'mail/ground.ts',
  'database/ground.ts',
  'api/ground.ts',
  'api/schemas/ground.ts',
  'assistant/ground.ts',
  'runtime/ground.ts',
  'web/src/ground.ts',
  'cli/ground.ts',
  'stack/ground.ts',
  'bench/ground.ts',
  'tests/ground.ts',
  'domain/ground.test.ts',
  'worker.ts',
  'mail-in.ts',
  'api/server.ts',
];

/** Every rule, broken at least once; a row of the table, once for several rooms it leaves out. */
export const FORBIDDEN: Seed[] = [
  { rule: 'no-cycles', file: 'domain/egg.ts', text: use('./hen.ts') },
  { rule: 'imports-exist', file: 'mail/lost.ts', text: use('./nowhere.ts') },
  { rule: 'packages-are-listed', file: 'mail/stowaway.ts', text: use('stowaway') },
  ...outside('domain', ['mail', 'database', 'runtime', 'workflows'], 'domain-imports'),
  { rule: 'domain-without-packages', file: 'domain/package.ts', text: use('pg') },
  { rule: 'domain-without-builtins', file: 'domain/builtin.ts', text: use('node:fs') },
  { rule: 'domain-without-builtins', file: 'domain/old-builtin.ts', text: use('crypto') },
  ...outside('workflows', ['mail', 'database', 'runtime', 'api'], 'workflows-imports'),
  {
    rule: 'workflows-sees-only-types-of-activities',
    file: 'workflows/calls.ts',
    text: use('../activities/ground.ts'),
  },
  { rule: 'workflows-packages', file: 'workflows/package.ts', text: use('pg') },
  { rule: 'workflows-packages', file: 'workflows/client.ts', text: use('@temporalio/client') },
  { rule: 'workflows-without-builtins', file: 'workflows/builtin.ts', text: use('node:crypto') },
  ...outside('activities', ['intake', 'api', 'workflows'], 'activities-imports'),
  ...outside('intake', ['activities', 'api', 'assistant', 'workflows'], 'intake-imports'),
  ...outside('mail', ['database', 'intake', 'activities', 'workflows'], 'mail-imports'),
  {
    rule: 'mail-sees-only-types-of-runtime',
    file: 'mail/logs.ts',
    text: use('../runtime/ground.ts'),
  },
  ...outside('database', ['mail', 'runtime', 'api', 'workflows'], 'database-imports'),
  ...outside('api', ['activities', 'workflows'], 'api-imports'),
  ...outside('assistant', ['mail', 'api', 'activities'], 'assistant-imports'),
  ...outside('runtime', ['database', 'mail', 'api'], 'runtime-imports'),
  {
    rule: 'web-imports',
    file: 'web/src/database.ts',
    text: use('../../database/ground.ts'),
  },
  { rule: 'web-imports', file: 'web/src/server.ts', text: typesOf('../../api/ground.ts') },
  {
    rule: 'web-sees-only-types-of-api',
    file: 'web/src/schema.ts',
    text: use('../../api/schemas/ground.ts'),
  },
  {
    rule: 'web-imports',
    file: 'web/src/Page.svelte',
    text: `<script lang="ts">\n${use('../../mail/ground.ts')}</script>\n<p>{used}</p>\n`,
  },
  ...['cli', 'stack', 'tests', 'bench'].map((tool) => ({
    rule: 'nobody-imports-the-tools',
    file: `mail/uses-${tool}.ts`,
    text: use(`../${tool}/ground.ts`),
  })),
  { rule: 'nobody-imports-an-entry', file: 'api/again.ts', text: use('./server.ts') },
  { rule: 'nobody-imports-a-test', file: 'domain/borrows.ts', text: use('./ground.test.ts') },
];

/** What the table allows and a careless rule would forbid. */
export const ALLOWED: { file: string; text: string }[] = [
  // The other half of the seeded cycle: dependency-cruiser names each cycle once.
  { file: 'domain/hen.ts', text: use('./egg.ts') },
  { file: 'domain/fine.ts', text: use('./ground.ts') },
  { file: 'domain/fine.test.ts', text: use('pg') + use('../stack/ground.ts') },
  { file: 'workflows/fine.ts', text: typesOf('../activities/ground.ts') + use('./messages.ts') },
  { file: 'workflows/sdk.ts', text: use('@temporalio/workflow') + use('@temporalio/common') },
  { file: 'activities/fine.ts', text: use('../workflows/messages.ts') + use('../mail/ground.ts') },
  { file: 'intake/fine.ts', text: use('../database/ground.ts') + use('../runtime/ground.ts') },
  { file: 'mail/fine.ts', text: typesOf('../runtime/ground.ts') + use('node:net') + use('pg') },
  { file: 'database/fine.ts', text: use('../domain/ground.ts') + use('pg') },
  { file: 'api/fine.ts', text: use('../intake/ground.ts') + use('../assistant/ground.ts') },
  { file: 'web/src/fine.ts', text: typesOf('../../api/schemas/ground.ts') },
  { file: 'web/src/rules.ts', text: use('../../domain/ground.ts') },
  { file: 'stack/fine.ts', text: use('../activities/ground.ts') + use('../cli/ground.ts') },
];

/** For each target a file in `room` that imports it (in domain and database, even a mere type). */
function outside(room: string, targets: string[], rule: string): Seed[] {
  const write = room === 'domain' || room === 'database' ? typesOf : use;
  return targets.map((target) => ({
    rule,
    file: `${room}/reaches-${target}.ts`,
    text: write(`../${target}/ground.ts`),
  }));
}
