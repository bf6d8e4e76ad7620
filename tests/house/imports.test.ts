import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALLOWED, FORBIDDEN, GROUND } from './import-seeds.ts';
import { ROOT } from './tree.ts';

const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const PROGRAM = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const LISTED = ['pg', '@temporalio/workflow', '@temporalio/common', '@temporalio/client'];
const UNLISTED = ['stowaway'];

interface Violation {
  rule: string;
  file: string;
}

let folder = '';
let caught: Violation[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-fence-'));
  plantPackages(folder);
  for (const file of GROUND)
    plant(folder, file, 'export const thing = 1;\nexport type Thing = 1;\n');
  for (const { file, text } of [...FORBIDDEN, ...ALLOWED]) plant(folder, file, text);
  caught = cruise(folder);
}, 90_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the import fence', () => {
  test.each(FORBIDDEN)('$rule catches $file', ({ rule, file }) => {
    expect(caught).toContainEqual({ rule, file });
  });

  test('lets pass what the table of ARCHITECTURE.md allows', () => {
    const allowed = new Set([...ALLOWED.map((seed) => seed.file), ...GROUND]);
    expect(caught.filter(({ file }) => allowed.has(file))).toEqual([]);
  });

  test('blames each seeded file for its own rule and no other', () => {
    const seeded = FORBIDDEN.map(({ rule, file }) => `${file}: ${rule}`);
    const blamed = caught.map(({ rule, file }) => `${file}: ${rule}`);
    expect(blamed.filter((line) => !seeded.includes(line))).toEqual([]);
  });

  test('has a seed for every rule', () => {
    const config: { forbidden: { name: string }[] } = createRequire(import.meta.url)(CONFIG);
    const seeded = new Set(FORBIDDEN.map((seed) => seed.rule));
    expect(config.forbidden.map((rule) => rule.name).filter((name) => !seeded.has(name))).toEqual(
      [],
    );
  });
});

function plant(root: string, file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Small stand-ins for the packages, so that nothing is looked up outside the seeded tree. */
function plantPackages(root: string): void {
  const dependencies = Object.fromEntries(LISTED.map((name) => [name, '1.0.0']));
  plant(root, 'package.json', JSON.stringify({ name: 'seeded', type: 'module', dependencies }));
  for (const name of [...LISTED, ...UNLISTED]) {
    const manifest = { name, version: '1.0.0', main: 'index.js', license: 'MIT' };
    plant(root, `node_modules/${name}/package.json`, JSON.stringify(manifest));
    plant(root, `node_modules/${name}/index.js`, 'exports.thing = 1;\n');
  }
  // Compiled components import Svelte's runtime, so that one is the real package.
  symlinkSync(join(ROOT, 'node_modules/svelte'), join(root, 'node_modules/svelte'));
}

function cruise(root: string): Violation[] {
  const run = spawnSync(
    process.execPath,
    [PROGRAM, '--config', CONFIG, '--output-type', 'json', '.'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 80_000 },
  );
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser failed: ${run.stderr}`);
  const report: { summary: { violations: { rule: { name: string }; from: string }[] } } =
    JSON.parse(run.stdout);
  return report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
}
