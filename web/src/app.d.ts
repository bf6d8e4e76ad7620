declare global {
  namespace App {
    interface Error {
      message: string;
      code?: string;
      requestId?: string | null;
      /** Facts of the problem document. */
      extras?: Record<string, unknown>;
    }
  }
}

export {};
