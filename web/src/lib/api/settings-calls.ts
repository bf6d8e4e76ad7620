import type * as S from './settings-types.ts';
import type { Transport } from './transport.ts';
import type { Page } from './types.ts';

/** Pictures of phones are large, and lines slow. */
const PHOTO_WAIT_MS = 120_000;

/** The calls of an agent's own profile, and of what a company says of itself. */
export class SettingsCalls {
  readonly #wire: Transport;

  constructor(wire: Transport) {
    this.#wire = wire;
  }

  changeMe = (body: S.ProfileBody) => this.#wire.call<S.Me>('PATCH', '/me', { body });
  changePassword = (current: string, password: string) =>
    this.#wire.call<unknown>('PUT', '/me/password', { body: { current, password } });
  setPhoto = (file: File) => {
    const body = new FormData();
    body.append('file', file, file.name);
    return this.#wire.call<S.Me>('PUT', '/me/photo', { body, waitMs: PHOTO_WAIT_MS });
  };
  removePhoto = () => this.#wire.call<unknown>('DELETE', '/me/photo');
  sessions = () => this.#wire.call<{ items: S.OwnSession[] }>('GET', '/me/sessions');
  endOtherSessions = () => this.#wire.call<unknown>('DELETE', '/me/sessions');

  company = () => this.#wire.call<S.CompanySettings>('GET', '/company/settings');
  changeCompany = (body: Partial<Omit<S.CompanySettings, 'server'>>) =>
    this.#wire.call<S.CompanySettings>('PATCH', '/company/settings', { body });

  deskTexts = () => this.#wire.call<{ items: S.DeskText[] }>('GET', '/desk-texts');
  saveDeskText = ({ kind, language, text }: S.DeskText) =>
    this.#wire.call<S.DeskText>('PUT', `/desk-texts/${kind}/${language}`, { body: { text } });
  resetDeskText = ({ kind, language }: S.DeskText) =>
    this.#wire.call<S.DeskText>('DELETE', `/desk-texts/${kind}/${language}`);
  previewDeskText = ({ kind, language, text }: Omit<S.DeskText, 'isOwn'>, signal: AbortSignal) =>
    this.#wire.call<S.MailPreviewed>('POST', `/desk-texts/${kind}/${language}/preview`, {
      body: { text },
      signal,
    });

  canned = (query: { q: string; cursor: string | null }) =>
    this.#wire.call<Page<S.CannedResponse>>('GET', '/canned-responses', {
      query: { ...query, limit: 100 },
    });
  oneCanned = (id: string) => this.#wire.call<S.CannedResponse>('GET', canned(id));
  makeCanned = (body: S.CannedBody, idempotencyKey: string) =>
    this.#wire.call<S.CannedResponse>('POST', '/canned-responses', { body, idempotencyKey });
  changeCanned = (id: string, body: S.CannedBody) =>
    this.#wire.call<S.CannedResponse>('PATCH', canned(id), { body });
  importCanned = (csv: string) =>
    this.#wire.call<S.CannedImport>('POST', '/canned-responses/import', { body: { csv } });
  removeCanned = (id: string) => this.#wire.call<unknown>('DELETE', canned(id));

  knowledgeBases = () =>
    this.#wire.call<Page<S.KnowledgeBase>>('GET', '/knowledge-bases', { query: { limit: 200 } });
  makeKnowledgeBase = (name: string, isPublic: boolean) =>
    this.#wire.call<S.KnowledgeBase>('POST', '/knowledge-bases', {
      body: { name, public: isPublic },
    });
  articles = (query: { q: string; knowledgeBase: string; cursor: string | null }) =>
    this.#wire.call<Page<S.Article>>('GET', '/articles', { query: { ...query, limit: 100 } });
  article = (id: string) => this.#wire.call<S.Article>('GET', article(id));
  makeArticle = (body: S.ArticleBody, idempotencyKey: string) =>
    this.#wire.call<S.Article>('POST', '/articles', { body, idempotencyKey });
  changeArticle = (id: string, body: Partial<S.ArticleBody>) =>
    this.#wire.call<S.Article>('PATCH', article(id), { body });
  previewArticle = (body: string, signal: AbortSignal) =>
    this.#wire.call<{ html: string }>('POST', '/articles/preview', { body: { body }, signal });
  articleDraft = (ticket: number) =>
    this.#wire.call<S.ArticleDraft>('GET', `/tickets/${ticket}/article-draft`);
  removeArticle = (id: string) => this.#wire.call<unknown>('DELETE', article(id));

  firstSteps = () => this.#wire.call<S.FirstSteps>('GET', '/first-steps');
  endFirstSteps = (over: boolean) =>
    this.#wire.call<unknown>('PUT', '/first-steps', { body: { over } });
}

function canned(id: string): string {
  return `/canned-responses/${encodeURIComponent(id)}`;
}

function article(id: string): string {
  return `/articles/${encodeURIComponent(id)}`;
}
