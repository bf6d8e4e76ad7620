import { cleanLine } from '../clean-text.ts';
import { SERVER_WORDS_CHARS_MAX } from '../limits.ts';

export interface SendResult {
  /**
   * `sent`: the server took it. `deferred`: it did not, and another attempt is safe. `failed`: it
   * refused for good. `uncertain`: it had the whole mail and did not answer, so nobody knows.
   */
  outcome: 'sent' | 'deferred' | 'failed' | 'uncertain';
  /** The server's words, or what went wrong with the connection. */
  response: string;
  /** The SMTP reply code; null when there was no answer. */
  code: number | null;
  /** Recipients that were refused while others were accepted. */
  rejected: { address: string; response: string }[];
  /** Nothing was tried with the mail, as the server did not take the login. */
  isLoginRefused?: boolean;
}

/** Replies to these speak of this mail; those before (greeting, login) of us or the server. */
const ABOUT_THE_MAIL = ['MAIL FROM', 'RCPT TO', 'DATA'];

/** What an error of nodemailer's connection means for the mail. */
export function outcomeOfError(error: unknown, isHandedOver: boolean): SendResult {
  const code = numberOf(error, 'responseCode');
  const outcome = isHandedOver
    ? afterHandOver(code)
    : beforeHandOver(code, textOf(error, 'command'), textOf(error, 'code'));
  const isLoginRefused = !isHandedOver && textOf(error, 'code') === 'EAUTH';
  const refused = isLoginRefused ? { isLoginRefused } : {};
  return { outcome, response: wordsOf(error), code, rejected: [], ...refused };
}

/** Once the final dot may have been sent, only the server's own word says what became of it. */
function afterHandOver(code: number | null): SendResult['outcome'] {
  if (code === null || code < 400 || code >= 600) return 'uncertain';
  return code < 500 ? 'deferred' : 'failed';
}

function beforeHandOver(code: number | null, command: string, type: string): SendResult['outcome'] {
  if (!ABOUT_THE_MAIL.includes(command)) return type === 'EENVELOPE' ? 'failed' : 'deferred';
  // Without a code our side refused what the server announced: the mail is over its size limit.
  if (code === null) return type === 'EMESSAGE' ? 'failed' : 'deferred';
  return code >= 500 && code < 600 ? 'failed' : 'deferred';
}

/** The recipients that the server refused, with its words for each. */
export function rejectedOf(errors: readonly unknown[]): SendResult['rejected'] {
  return errors.map((error) => ({ address: textOf(error, 'recipient'), response: wordsOf(error) }));
}

export function cleanWords(text: string): string {
  return cleanLine(text, SERVER_WORDS_CHARS_MAX);
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return cleanWords(textOf(error, 'response') || message);
}

function numberOf(error: unknown, field: string): number | null {
  const value = fieldOf(error, field);
  return typeof value === 'number' ? value : null;
}

function textOf(error: unknown, field: string): string {
  const value = fieldOf(error, field);
  return typeof value === 'string' ? value : '';
}

function fieldOf(error: unknown, field: string): unknown {
  return error instanceof Error ? Reflect.get(error, field) : undefined;
}
