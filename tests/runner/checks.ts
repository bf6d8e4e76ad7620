import { runProgram } from './program.ts';

/** One thing that is asked of the whole tree, and that counts as one test. */
export interface Check {
  name: string;
  /** Programs to run one after another; the first that fails ends the check. */
  steps: { program: string; args: string[]; folder?: string }[];
}

export interface Outcome {
  name: string;
  passed: boolean;
  /** What the programs said, for a check that failed. */
  output: string;
  durationMs: number;
}

/** SvelteKit writes the console's types and tsconfig here, which lint needs too. */
export const PREPARE: Check = {
  name: 'console types',
  steps: [{ program: '@sveltejs/kit/svelte-kit.js', args: ['sync'], folder: 'web' }],
};

export const CHECKS: Check[] = [
  { name: 'types', steps: [{ program: 'typescript/bin/tsc', args: ['--noEmit'] }] },
  { name: 'lint', steps: [{ program: 'eslint/bin/eslint.js', args: ['.'] }] },
  {
    name: 'format',
    steps: [{ program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] }],
  },
  {
    name: 'imports',
    steps: [
      {
        program: 'dependency-cruiser/bin/dependency-cruise.mjs',
        args: ['--config', '.dependency-cruiser.cjs', '.'],
      },
    ],
  },
  {
    name: 'console',
    steps: [
      {
        program: 'svelte-check/bin/svelte-check',
        args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings'],
        folder: 'web',
      },
    ],
  },
];

/** Linting takes a minute, and several beside the tests, to which it gives way; more is hanging. */
const STEP_MS_MAX = 20 * 60_000;

export async function runCheck(check: Check): Promise<Outcome> {
  const startedAt = performance.now();
  let output = '';
  let passed = true;
  for (const step of check.steps) {
    if (!passed) break;
    const run = await runProgram({ ...step, timeoutMs: STEP_MS_MAX, givesWay: true });
    output += run.output;
    passed = run.code === 0;
  }
  return { name: check.name, passed, output, durationMs: performance.now() - startedAt };
}

/** Runs the checks one after another: they share what the tests leave of the processors. */
export async function runChecks(checks: Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(await runCheck(check));
  return outcomes;
}
