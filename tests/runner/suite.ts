import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './program.ts';

/** The whole suite is meant to take less than 10 minutes on two cores; a slow machine gets 30. */
const SUITE_MS_MAX = 30 * 60_000;

export interface Count {
  passed: number;
  failed: number;
}

/** Runs Vitest (with `args` as its filter) and shows what it says on `showOn`. */
export async function runSuite(args: string[], showOn: number): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-test-'));
  const report = join(folder, 'report.json');
  try {
    const run = await runProgram({
      program: 'vitest/vitest.mjs',
      args: [
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      timeoutMs: SUITE_MS_MAX,
      showOn,
    });
    const count = countReport(readReport(report));
    // An unhandled error, a service that did not start: Vitest fails without a failed test.
    if (run.code !== 0 && count.failed === 0) return { ...count, failed: 1 };
    return count;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Counts tests, and each file that could not even be loaded as one that failed. */
export function countReport(report: unknown): Count {
  const files = listOf(report, 'testResults');
  const count: Count = { passed: 0, failed: 0 };
  for (const file of files) {
    const statuses = listOf(file, 'assertionResults').map((test) => textOf(test, 'status'));
    const failed = statuses.filter((status) => status === 'failed').length;
    count.passed += statuses.filter((status) => status === 'passed').length;
    count.failed += failed === 0 && textOf(file, 'status') === 'failed' ? 1 : failed;
  }
  return count;
}

function listOf(value: unknown, name: string): unknown[] {
  const found = propertyOf(value, name);
  return Array.isArray(found) ? found : [];
}

function textOf(value: unknown, name: string): string {
  const found = propertyOf(value, name);
  return typeof found === 'string' ? found : '';
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
