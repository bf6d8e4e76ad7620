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

/** Type checking the whole tree takes seconds; what takes minutes hangs. */
const STEP_MS_MAX = 5 * 60_000;

export async function runCheck(check: Check): Promise<Outcome> {
  const startedAt = performance.now();
  let output = '';
  let passed = true;
  for (const step of check.steps) {
    if (!passed) break;
    const run = await runProgram({ ...step, timeoutMs: STEP_MS_MAX });
    output += run.output;
    passed = run.code === 0;
  }
  return { name: check.name, passed, output, durationMs: performance.now() - startedAt };
}

/**
 * Runs the checks, at most `parallel` at once, and tells each outcome in the order of the list as
 * soon as all before it are told.
 */
export async function runChecks(
  checks: Check[],
  parallel: number,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = checks.map(() => undefined);
  let next = 0;
  let told = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < checks.length; index = next++) {
      const check = checks[index];
      if (!check) return;
      outcomes[index] = await runCheck(check);
      for (let ready = outcomes[told]; ready; ready = outcomes[told]) {
        tell(ready);
        told += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return outcomes.filter((outcome) => outcome !== undefined);
}
