/**
 * What `npm test` runs. Without arguments: the checks of the whole tree, then every test. With
 * arguments: only Vitest, with the arguments as its filter. `--json`: all else goes to standard
 * error, and standard output gets one JSON object. The last line is always `N passed, N failed`.
 */
import { availableParallelism } from 'node:os';
import { CHECKS, PREPARE, runCheck, runChecks, type Outcome } from './runner/checks.ts';
import { canLookForLeftovers, findLeftovers } from './runner/leftovers.ts';
import { MARK, stopPrograms } from './runner/program.ts';
import { runSuite } from './runner/suite.ts';

const STDOUT = 1;
const STDERR = 2;

const args = process.argv.slice(2);
const json = args.includes('--json');
const filter = args.filter((arg) => arg !== '--json');

function say(line: string): void {
  (json ? process.stderr : process.stdout).write(`${line}\n`);
}

function tell({ name, passed, output, durationMs }: Outcome): void {
  say(`${passed ? '✓' : '×'} ${name} (${(durationMs / 1000).toFixed(1)} s)`);
  if (!passed) say(`\n${output.trim()}\n`);
}

async function checkTree(): Promise<Outcome[]> {
  say('\n== Checks: types, lint, format, imports, console\n');
  const prepared = await runCheck(PREPARE);
  if (!prepared.passed) tell(prepared);
  return runChecks(CHECKS, Math.min(2, availableParallelism()), tell);
}

async function checkLeftovers(): Promise<Outcome[]> {
  if (!canLookForLeftovers) return [];
  const startedAt = performance.now();
  const left = await findLeftovers(MARK);
  const outcome = {
    name: 'nothing is left running',
    passed: left.length === 0,
    output: left.join('\n'),
    durationMs: performance.now() - startedAt,
  };
  tell(outcome);
  return [outcome];
}

async function main(): Promise<void> {
  const outcomes = filter.length === 0 ? await checkTree() : [];
  say('\n== Tests\n');
  const tests = await runSuite(filter, json ? STDERR : STDOUT);
  outcomes.push(...(await checkLeftovers()));
  const passed = tests.passed + outcomes.filter((outcome) => outcome.passed).length;
  const failed = tests.failed + outcomes.filter((outcome) => !outcome.passed).length;
  if (json) {
    const checks = outcomes.map(({ name, passed: ok, durationMs }) => ({ name, ok, durationMs }));
    process.stdout.write(`${JSON.stringify({ passed, failed, tests, checks })}\n`);
  }
  say(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, stopPrograms);
}
await main();
