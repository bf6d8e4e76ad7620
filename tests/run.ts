/**
 * What `npm test` runs. Without arguments: every test, and beside them the checks of the whole
 * tree, which take the processor while tests wait for mails and timers. With arguments: only
 * Vitest, with the arguments as its filter. `--json`: all else goes to standard error, and standard
 * output gets one JSON object. The last line is always `N passed, N failed`.
 */
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

async function checkLeftovers(): Promise<Outcome[]> {
  if (!canLookForLeftovers) return [];
  const startedAt = performance.now();
  const left = await findLeftovers(MARK);
  const durationMs = performance.now() - startedAt;
  const passed = left.length === 0;
  return [{ name: 'nothing is left running', passed, output: left.join('\n'), durationMs }];
}

async function main(): Promise<void> {
  // The console's tests need its types as well as most of the checks do.
  const prepared = await runCheck(PREPARE);
  say('\n== Tests\n');
  const [tests, checked] = await Promise.all([
    runSuite(filter, json ? STDERR : STDOUT),
    filter.length === 0 ? runChecks(CHECKS) : [],
  ]);
  const unprepared = prepared.passed ? [] : [prepared];
  const outcomes = [...unprepared, ...checked, ...(await checkLeftovers())];
  // Told after the tests, whose words they would interrupt.
  say('\n== Checks\n');
  outcomes.forEach(tell);
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
