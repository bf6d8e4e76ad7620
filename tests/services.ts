import type { TestProject } from 'vitest/node';
import { startTestStack } from '../stack/test-stack.ts';

declare module 'vitest' {
  /** What `inject` gives to every test of the `flows` project. */
  interface ProvidedContext {
    /** A role that may make databases; ask `createTestDatabase` for one of your own. */
    databaseUrl: string;
    /** For looking behind the role's back, never for the code under test. */
    superuserUrl: string;
    /** Shared by all files: a file of its own task queue or company disturbs no other. */
    temporalAddress: string;
  }
}

/** Vitest's global setup: one PostgreSQL and one Temporal for all tests that ask for them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stack = await startTestStack();
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('superuserUrl', stack.superuserUrl);
  project.provide('temporalAddress', stack.temporal.address);
  return stack.stop;
}
