import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { childEnvironment } from '../../runtime/config.ts';
import { canLookForLeftovers, findLeftovers } from '../runner/leftovers.ts';
import { countReport } from '../runner/suite.ts';

const file = (status: string, ...tests: string[]): unknown => ({
  status,
  assertionResults: tests.map((outcome) => ({ status: outcome })),
});

describe('counting what Vitest reports', () => {
  test('adds up passed and failed tests of all files', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')],
    };
    expect(countReport(report)).toEqual({ passed: 3, failed: 1 });
  });

  test('counts a file that could not be loaded as one failed test', () => {
    expect(countReport({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1 });
  });

  test('counts a file as failed whose hooks failed after its tests passed', () => {
    const report = { testResults: [file('failed', 'passed')] };
    expect(countReport(report)).toEqual({ passed: 1, failed: 1 });
  });

  test.each([null, {}, { testResults: 'none' }])('finds nothing in %j', (report) => {
    expect(countReport(report)).toEqual({ passed: 0, failed: 0 });
  });
});

describe('looking for what still runs', () => {
  const started: ChildProcess[] = [];
  const start = (mark: string, lastsMs: number): void => {
    const child = spawn(process.execPath, ['-e', `setTimeout(() => {}, ${lastsMs})`], {
      stdio: 'ignore',
      env: childEnvironment({ POSTKEEP_TEST_RUN: mark }),
    });
    started.push(child);
  };
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  test('waits for a process that is about to end', async () => {
    start('mark-of-a-short-one', 700);
    expect(await findLeftovers('mark-of-a-short-one', 5_000)).toEqual([]);
  });

  test('names a process that does not end', async () => {
    start('mark-of-a-long-one', 60_000);
    const left = await findLeftovers('mark-of-a-long-one', 500);
    // Where environments cannot be read, nothing is found, and `npm test` does not claim to look.
    expect(left).toHaveLength(canLookForLeftovers ? 1 : 0);
    expect(left.join()).toContain(canLookForLeftovers ? 'setTimeout' : '');
  });
});
