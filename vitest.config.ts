import { defineConfig } from 'vitest/config';

import { LongestFirst } from './tests/runner/longest-first.ts';

/** Two cores: two test processes that compute. */
const WORKERS_MAX = 2;
/** Of files that wait for mails, timers and processes, twice as many: a fifth gains nothing. */
const WAITING_WORKERS_MAX = 4;

/** Rooms whose tests need no service: they run first, and fail fast. */
const UNIT_TESTS = [
  '{domain,workflows,activities,intake,mail,runtime,api,assistant,stack,cli,bench}/**/*.test.ts',
  'web/src/**/*.test.ts',
  'tests/house/**/*.test.ts',
];

/** Tests on a real PostgreSQL and a real Temporal, which tests/services.ts starts once. */
const FLOW_TESTS = ['database/**/*.test.ts', 'tests/{flows,replay,api,mailboxes}/**/*.test.ts'];

/** One group, in which no core idles at the end of each project. */
const waiting = { maxWorkers: WAITING_WORKERS_MAX, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: WORKERS_MAX,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: UNIT_TESTS,
          // Values in, values out: files share what they import.
          isolate: false,
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...waiting,
          name: 'flows',
          include: FLOW_TESTS,
          // What a file imports takes two seconds of the processor; the next one finds it there.
          isolate: false,
          globalSetup: ['tests/services.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...waiting,
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          globalSetup: ['tests/crash/seed.ts'],
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...waiting,
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          isolate: false,
          globalSetup: ['tests/browser/shared-product.ts'],
          // As long as a page is waited for elsewhere: a second is too short beside other files.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...waiting,
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          isolate: false,
          globalSetup: ['tests/contract/services.ts'],
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
