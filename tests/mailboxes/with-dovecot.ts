import { withProgram } from '../with-program.ts';
import { noDovecot } from './dovecot.ts';

/** Tests that need a real Dovecot. */
export function withDovecot(title: string, tests: () => void): void {
  withProgram(noDovecot, title, tests);
}
