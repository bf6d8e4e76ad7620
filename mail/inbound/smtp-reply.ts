/** An answer to a command, with its code and enhanced code (RFC 3463). */
export class SmtpReply extends Error {
  override name = 'SmtpReply';
  responseCode: number;

  constructor(responseCode: number, text: string) {
    super(text);
    this.responseCode = responseCode;
  }
}

/** What the other side may read of an error: nothing, but that coming again helps. */
export function asReply(error: unknown): SmtpReply {
  if (error instanceof SmtpReply) return error;
  return new SmtpReply(451, 'Temporarily not possible, please try again later');
}
