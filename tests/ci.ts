/**
 * `npm run ci`: what CI runs (by .ci/run, which first installs what the machine lacks). It is
 * `npm test` in full, and then a look at whether the tests changed any file of the checkout.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './runner/program.ts';

function changedFiles(): string {
  return execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
}

const before = changedFiles();
const run = spawnSync(process.execPath, [join(ROOT, 'tests/run.ts'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const after = changedFiles();
if (after !== before) {
  process.stderr.write(`The tests changed files of the checkout:\n${after}`);
}
process.exitCode = run.status === 0 && after === before ? 0 : 1;
