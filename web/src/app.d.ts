declare global {
  namespace App {
    interface Error {
      message: string;
      code?: string;
      requestId?: string | null;
      /** Facts of the problem document. */
      extras?: Record<string, unknown>;
    }
    interface Locals {
      /** Of a page that is rendered on the server; BCP 47. */
      language?: string;
    }
    interface Platform {
      /** The request as the API got it, with its door for pages rendered on the server. */
      req: { callApi?: (address: string) => Promise<Response> };
    }
  }
}

export {};
