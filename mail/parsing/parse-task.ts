import type { SpooledFile } from '../mime/stored-part.ts';
import type { ParsedMail } from '../parse.ts';

/** What a parser is asked for. */
export interface ParseTask {
  /** The raw mail. */
  path: string;
  /** Where the files of the mail go; made when there is one. */
  folder: string;
}

/** A parsed mail whose files are in the folder of its task. */
export type Spooled = ParsedMail<SpooledFile>;

/**
 * `ready`: it takes mails. `error`: the mail or the folder could not be read or written; a mail
 * itself is never one.
 */
export type ParseAnswer = { ready: true } | { mail: Spooled } | { error: string };

/** The parser was stopped by a limit: this mail is not to be tried again and again. */
export class ParserStoppedError extends Error {
  override name = 'ParserStoppedError';
}
