import type * as S from './settings-types.ts';
import type { Transport } from './transport.ts';
import type { Page } from './types.ts';

/** The calls of who writes articles: what is not published yet, and what once was. */
export class ArticleCalls {
  readonly #wire: Transport;

  constructor(wire: Transport) {
    this.#wire = wire;
  }

  draft = (id: string) => this.#wire.call<S.Writing>('GET', `${of(id)}/draft`);
  saveDraft = (id: string, body: { title: string; body: string; base: string }) =>
    this.#wire.call<S.Writing>('PUT', `${of(id)}/draft`, { body });
  discardDraft = (id: string, base: string) =>
    this.#wire.call<unknown>('DELETE', `${of(id)}/draft`, { query: { base } });
  publish = (id: string, body: { base: string; over?: boolean }) =>
    this.#wire.call<S.Article>('POST', `${of(id)}/publish`, { body });

  versions = (id: string, cursor: string | null) =>
    this.#wire.call<Page<S.ArticleVersion>>('GET', `${of(id)}/versions`, { query: { cursor } });
  version = (id: string, number: number) =>
    this.#wire.call<S.WholeVersion>('GET', `${of(id)}/versions/${number}`);
  restore = (id: string, number: number, base: string) =>
    this.#wire.call<S.Writing>('POST', `${of(id)}/versions/${number}/restore`, { body: { base } });

  votes = (id: string) => this.#wire.call<S.ArticleVotes>('GET', `${of(id)}/votes`);

  changeBase = (id: string, body: { name: string; public: boolean }) =>
    this.#wire.call<S.KnowledgeBase>('PATCH', `/knowledge-bases/${encodeURIComponent(id)}`, {
      body,
    });
  removeBase = (id: string) =>
    this.#wire.call<unknown>('DELETE', `/knowledge-bases/${encodeURIComponent(id)}`);
}

function of(id: string): string {
  return `/articles/${encodeURIComponent(id)}`;
}
