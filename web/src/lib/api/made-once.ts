import { ApiError } from './api-error.ts';

/**
 * Makes one thing, however often its call is tried. Without an answer nobody knows whether it was
 * made: until one comes the same body is sent under the same key, whatever was typed meanwhile.
 */
export class MadeOnce<Body> {
  #key = crypto.randomUUID();
  #sent: { body: Body } | null = null;

  /** What was made, and of which body. */
  async make<Made>(
    body: Body,
    call: (body: Body, key: string) => Promise<Made>,
  ): Promise<{ made: Made; of: Body }> {
    this.#sent ??= { body };
    const of = this.#sent.body;
    try {
      return { made: await call(of, this.#key), of };
    } catch (error) {
      if (isRefused(error)) this.#forget();
      throw error;
    }
  }

  /** A key belongs to one body: what was mended is another try. */
  #forget(): void {
    this.#key = crypto.randomUUID();
    this.#sent = null;
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}
