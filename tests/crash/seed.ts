import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  /** What `inject` gives to the tests of the `crash` project. */
  interface ProvidedContext {
    /** Vitest's own, which `--sequence.seed` sets: a failed crash can be played again. */
    seed: number;
  }
}

/** Vitest's global setup of the crash tests. */
export function setup(project: TestProject): void {
  project.provide('seed', project.config.sequence.seed);
}
