import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

import { childEnvironment } from '../runtime/config.ts';

/** npm and what it starts take seconds each while other programs want the processors. */
vi.setConfig({ testTimeout: 30_000 });

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** `npm test` hands its own settings down, which would hide what the project's say. */
const INHERITED = ['npm_config_loglevel', 'npm_lifecycle_event'];

function npm(...args: string[]) {
  const env = childEnvironment(Object.fromEntries(INHERITED.map((name) => [name, null])));
  return spawnSync('npm', args, { cwd: ROOT, env, encoding: 'utf8' });
}

test('npm adds nothing to the standard output of a script', () => {
  const { stdout, stderr, status } = npm('run', 'bench', '--', 'no-such-bench', '--json');
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  expect(stderr).toContain('There is no bench "no-such-bench"');
});

test('what we install ourselves says why it failed, though the project keeps npm quiet', () => {
  expect(readFileSync(`${ROOT}/.npmrc`, 'utf8')).toMatch(/^loglevel=silent$/m);
  for (const path of ['Dockerfile', '.ci/run', 'stack/bin/install.mjs']) {
    const text = readFileSync(`${ROOT}/${path}`, 'utf8');
    const calls = text.match(/^.*(RUN npm|exec npm|spawn\('npm').*$/gm) ?? [];
    expect({ path, calls: calls.length > 0 }).toEqual({ path, calls: true });
    for (const call of calls) expect(call).toContain('--loglevel=');
  }
});
