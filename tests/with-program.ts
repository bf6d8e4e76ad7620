import { describe } from 'vitest';

/**
 * Tests that need a program which no package brings. Where it is not installed they are skipped,
 * and their title says what to install; `.ci/run` installs it, so that none is skipped there.
 *
 * @param missing what to install; null where the program is there
 */
export function withProgram(missing: string | null, title: string, tests: () => void): void {
  describe.skipIf(missing !== null)(missing === null ? title : `${title} (${missing})`, tests);
}
