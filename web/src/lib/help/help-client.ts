import { error } from '@sveltejs/kit';
import { ApiError } from '../api/api-error.ts';
import { type Query, Transport } from '../api/transport.ts';
import type { FoundAnswer, HelpArticle, HelpSite, ListedArticle } from './help-types.ts';

/** What everybody may read of one company. */
export class HelpClient {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(fetcher: typeof fetch, company: string) {
    this.#transport = new Transport(fetcher);
    this.#path = `/help/${encodeURIComponent(company)}`;
  }

  /** Null when there is no such company, or nothing that everybody may read. */
  async site(): Promise<HelpSite | null> {
    try {
      return await this.#transport.call<HelpSite>('GET', this.#path);
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 404) return null;
      throw pageError(cause);
    }
  }

  async articles(language?: string): Promise<ListedArticle[]> {
    const { items } = await this.#read<{ items: ListedArticle[] }>('/articles', { language });
    return items;
  }

  async search(q: string, language: string): Promise<FoundAnswer[]> {
    const { items } = await this.#read<{ items: FoundAnswer[] }>('/search', {
      ...{ q, language },
      // Who sends a form has settled on what they ask.
      settled: 'true',
    });
    return items;
  }

  article(id: string): Promise<HelpArticle> {
    return this.#read<HelpArticle>(`/${encodeURIComponent(id)}`);
  }

  async #read<T>(path: string, query: Query = {}): Promise<T> {
    try {
      return await this.#transport.call<T>('GET', `${this.#path}${path}`, { query });
    } catch (cause) {
      throw pageError(cause);
    }
  }
}

/** Throws what makes the error page; what the API says in words is not for customers. */
function pageError(cause: unknown): unknown {
  if (!(cause instanceof ApiError)) return cause;
  return error(cause.status >= 400 ? cause.status : 503, { message: '', code: cause.code });
}
