import type { SupportWords } from '../i18n/support/en.ts';
import { CallError } from './desk.ts';

/** A minute, where nobody says how long. */
const WAIT_SECONDS = 60;

/** What went wrong, for whoever wrote it. */
export function problemWords(error: unknown, { errors }: SupportWords): string {
  if (!(error instanceof CallError)) return errors.later;
  switch (error.status) {
    case 0:
      return errors.offline;
    case 400:
      return errors.invalid;
    case 413:
      return errors.tooLarge;
    case 415:
      return errors.type;
    case 429:
      return errors.busy(error.wait || WAIT_SECONDS);
    default:
      return errors.later;
  }
}
