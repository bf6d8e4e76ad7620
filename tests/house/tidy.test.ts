import { describe, expect, test } from 'vitest';
import { TIDY_RULES } from './tidy-rules.ts';
import { readFiles } from './tree.ts';

const lines = (count: number): string => '\n'.repeat(count);

/** For each rule: files that it must refuse, and near misses that it must let pass. */
const SEEDS: Record<string, { bad: [string, string][]; good: [string, string][] }> = {
  'files are short': {
    bad: [
      ['mail/long.ts', lines(301)],
      ['mail/long.test.ts', lines(501)],
      ['web/src/lib/Long.svelte', lines(201)],
      ['web/src/lib/Script.svelte', `<script lang="ts">\n${lines(101)}</script>\n`],
    ],
    good: [
      ['mail/fits.ts', lines(300)],
      ['mail/fits.test.ts', lines(500)],
      ['web/src/lib/Fits.svelte', `<script lang="ts">\n${lines(100)}</script>\n${lines(90)}`],
    ],
  },
  'functions are short': {
    bad: [
      ['mail/a.ts', `function long() {${lines(70)}}`],
      ['mail/a.test.ts', `describe('it', () => { test('x', () => {${lines(70)}}); });`],
    ],
    good: [
      ['mail/a.ts', `const fits = () => {${lines(69)}};`],
      ['mail/a.test.ts', `describe('it', () => {${lines(200)}});`],
    ],
  },
  'files are named for their one subject': {
    bad: [
      ['mail/utils.ts', ''],
      ['mail/mail-helpers.ts', ''],
      ['api/common/errors.ts', ''],
      ['mail/threadKeys.ts', ''],
      ['web/src/lib/button.svelte', ''],
    ],
    good: [
      ['mail/thread-keys.test.ts', ''],
      ['web/src/lib/TicketRow.svelte', ''],
      ['web/src/lib/presence.svelte.ts', ''],
      ['web/src/routes/tickets/[number]/+page.svelte', ''],
      ['database/migrations/0001-ground.ts', ''],
    ],
  },
  'nothing is a Manager, a Service or a Helper': {
    bad: [
      ['mail/a.ts', 'export class MailManager {}'],
      ['mail/a.ts', 'export const ticketService = 1;'],
      ['mail/a.ts', 'export function testHelper(): void {}'],
    ],
    good: [['api/a.ts', "import { WorkflowService } from 'x';\nnew WorkflowService();"]],
  },
  'an index.ts does something of its own': {
    bad: [['mail/index.ts', "export * from './parse.ts';\nexport { a } from './a.ts';"]],
    good: [['activities/index.ts', 'export function createActivities() {}']],
  },
  'comments speak of what is, and why': {
    bad: [
      ['mail/a.ts', '// FIXME: breaks'],
      ['mail/a.ts', '/** TODO: later */'],
      ['mail/a.ts', 'const a = `${1}`; // previously 2'],
      ['mail/a.ts', 'const a = /[/]"/; // HACK'],
    ],
    good: [
      ['mail/a.ts', '// TODO(#12): other charsets'],
      ['mail/a.ts', "const text = '// FIXME previously';"],
      ['mail/a.ts', 'const text = `${{ a: `// FIXME ${1} XXX` }.a} // HACK`;'],
    ],
  },
  'every test runs': {
    bad: [
      ['mail/a.test.ts', "test.only('x', () => {});"],
      ['tests/flows/a.test.ts', "describe.skip('x', () => {});"],
      ['mail/a.test.ts', "it.skipIf(true)('x', () => {});"],
    ],
    good: [['mail/a.test.ts', "test.each([1])('never .skip', () => {}); // test.only"]],
  },
  'the environment is read in runtime/config.ts only': {
    bad: [
      ['mail/a.ts', 'const port = process.env.PORT;'],
      ['web/src/lib/A.svelte', "<script>import { x } from '$env/dynamic/private';</script>"],
      ['tests/flows/a.test.ts', "process['env'].X = '1';"],
    ],
    good: [['mail/a.ts', '// process.env is read elsewhere\nconst env = {};']],
  },
  'update validators are synchronous': {
    bad: [
      ['workflows/a.ts', 'setHandler(u, run, { validator: async () => {} });'],
      ['workflows/a.ts', 'async function check() {}\nsetHandler(u, run, { validator: check });'],
      ['workflows/a.ts', 'setHandler(u, run, { async validator() {} });'],
    ],
    good: [
      [
        'workflows/a.ts',
        'function check() {}\nsetHandler(u, async () => 1, { validator: check });',
      ],
    ],
  },
  'patch ids are declared in workflows/patches.ts': {
    bad: [['workflows/a.ts', "if (patched('close-later')) close();"]],
    good: [['workflows/a.ts', 'if (patched(CLOSE_LATER)) close();']],
  },
  'messages and state are plain JSON': {
    bad: [
      ['domain/ticket/a.ts', 'export interface State { labels: Set<string> }'],
      ['domain/ticket/a.ts', 'export type Event = { at: Date } | null;'],
      ['workflows/messages.ts', 'export interface Receive { size: bigint }'],
    ],
    good: [
      ['domain/ticket/a.ts', 'const ALL: ReadonlySet<string> = new Set();\ntype A = string[];'],
    ],
  },
  'migrations build indexes of tables that exist without locking them': {
    bad: [
      [
        'database/migrations/0027-a.ts',
        'const sql = `create index mail_at on mail (company, at)`;',
      ],
      ['database/migrations/0100-a.ts', '`create unique index mail_at\n  on mail (company, at)`;'],
      ['database/migrations/0100-a.ts', '`alter table mail add unique (company, at)`;'],
    ],
    good: [
      ['database/migrations/0027-a.ts', '`create table vote (a int); create index b on vote (a)`;'],
      ['database/migrations/0026-a.ts', '`create index mail_at on mail (company, at)`;'],
    ],
  },
};

describe.each(TIDY_RULES)('$name', { timeout: 60_000 }, (rule) => {
  test('in the whole project', () => {
    const found = readFiles(rule.applies).flatMap((file) =>
      rule.problems(file).map((problem) => `${file.path}: ${problem}`),
    );
    expect(found).toEqual([]);
  });

  const seeds = SEEDS[rule.name];
  test('is seeded', () => expect(seeds?.bad.length).toBeGreaterThan(0));
  test.each(seeds?.bad ?? [])('refuses a seeded %s', (path, text) => {
    expect(rule.applies(path)).toBe(true);
    expect(rule.problems({ path, text })).not.toEqual([]);
  });
  test.each(seeds?.good ?? [])('lets pass a seeded %s', (path, text) => {
    expect(rule.applies(path) ? rule.problems({ path, text }) : []).toEqual([]);
  });
});
