import { defineConfig } from 'vitest/config';

/** Two cores: two test processes that compute. */
const WORKERS_MAX = 2;
/** Of files that wait for mails, timers and processes as much as they compute, one more. */
const WAITING_WORKERS_MAX = 3;

/** Rooms whose tests need no service: they run first, and fail fast. */
const UNIT_TESTS = [
  '{domain,workflows,activities,intake,mail,runtime,api,assistant,stack,cli,bench}/**/*.test.ts',
  'web/src/**/*.test.ts',
  'tests/house/**/*.test.ts',
];

/** Tests on a real PostgreSQL and a real Temporal, which tests/services.ts starts once. */
const FLOW_TESTS = ['database/**/*.test.ts', 'tests/{flows,replay,api,mailboxes}/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: WORKERS_MAX,
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
          name: 'flows',
          include: FLOW_TESTS,
          globalSetup: ['tests/services.ts'],
          maxWorkers: WAITING_WORKERS_MAX,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['tests/crash/**/*.test.ts'],
          globalSetup: ['tests/crash/seed.ts'],
          // A whole product under load, killed again and again: alone on the machine.
          fileParallelism: false,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/shared-product.ts'],
          maxWorkers: WAITING_WORKERS_MAX,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A group with `contract`, whose files run beside the long journey.
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          globalSetup: ['tests/contract/services.ts'],
          maxWorkers: WAITING_WORKERS_MAX,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
