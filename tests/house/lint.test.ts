import { ESLint } from 'eslint';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './tree.ts';

/**
 * Each is linted in the place of a file that exists, since type-aware rules need the file to belong
 * to the project.
 */
const DOMAIN = 'domain/ids.ts';
const PLAIN = 'tests/house/tree.ts';
const SEEDS: [rule: string, file: string, text: string][] = [
  ['@typescript-eslint/no-floating-promises', PLAIN, 'Promise.resolve(1);\n'],
  [
    '@typescript-eslint/no-misused-promises',
    PLAIN,
    'export const f = (it: (g: () => void) => void): void => it(async () => Promise.resolve());\n',
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    PLAIN,
    "export function f(a: 'x' | 'y'): void {\n  switch (a) {\n    case 'x':\n  }\n}\n",
  ],
  ['@typescript-eslint/no-explicit-any', PLAIN, 'export const a = (b: any): unknown => b;\n'],
  [
    '@typescript-eslint/consistent-type-assertions',
    PLAIN,
    'export const a = (b: unknown): string => b as string;\n',
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    PLAIN,
    "import { Server } from 'node:net';\nexport type A = Server;\n",
  ],
  ['@typescript-eslint/no-non-null-assertion', PLAIN, 'export const a = (b?: string) => b!;\n'],
  ['no-restricted-syntax', PLAIN, 'export default 1;\n'],
  ['no-restricted-syntax', PLAIN, 'const a = 1;\nexport { a as default };\n'],
  ['no-restricted-syntax', PLAIN, 'export const port = process.env.PORT;\n'],
  ['no-console', PLAIN, "console.log('hello');\n"],
  ['max-len', PLAIN, `export const a = '${'x'.repeat(100)}';\n`],
  ['max-lines', PLAIN, '// one more line\n'.repeat(501)],
  ['no-restricted-imports', DOMAIN, "import { join } from 'node:path';\nexport const a = join;\n"],
  ['no-restricted-imports', DOMAIN, "import { join } from 'path';\nexport const a = join;\n"],
  ['max-lines-per-function', DOMAIN, `export function a(): void {\n${'  a();\n'.repeat(70)}}\n`],
];
const ACCEPTED: [what: string, text: string][] = [
  ['as const', "export const STATES = ['new', 'open'] as const;\n"],
  ['satisfies', 'export const TABLE = { a: 1 } satisfies Record<string, number>;\n'],
];

/** The first file waits until the types of the whole project are known. */
const FIRST_MS_MAX = 180_000;

let eslint: ESLint;
beforeAll(async () => {
  eslint = new ESLint({ cwd: ROOT });
  await lint(PLAIN, '');
}, FIRST_MS_MAX);

const lint = async (file: string, text: string): Promise<(string | null)[]> => {
  const results = await eslint.lintText(text, { filePath: join(ROOT, file) });
  return results.flatMap((result) => result.messages.map((message) => message.ruleId));
};

describe('lint', { timeout: 60_000 }, () => {
  test.each(SEEDS)('%s is caught in %s: %j', async (rule, file, text) => {
    expect(await lint(file, text)).toContain(rule);
  });

  test.each(ACCEPTED)('%s is fine', async (_, text) => {
    expect(await lint(PLAIN, text)).toEqual([]);
  });
});
