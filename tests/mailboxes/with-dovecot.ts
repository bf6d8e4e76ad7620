import { describe } from 'vitest';

import { noDovecot } from './dovecot.ts';

/**
 * Tests that need a real Dovecot. Where it is not installed they are skipped, and their title says
 * what to install; `.ci/run` installs it, so that none is skipped there.
 */
export function withDovecot(title: string, tests: () => void): void {
  describe.skipIf(noDovecot !== null)(
    noDovecot === null ? title : `${title} (${noDovecot})`,
    tests,
  );
}
