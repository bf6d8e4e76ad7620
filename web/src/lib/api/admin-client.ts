import { createContext } from 'svelte';
import type * as A from './admin-types.ts';
import { Transport, type Query } from './transport.ts';
import type { Page } from './types.ts';

export interface AuditQuery {
  what?: string;
  actor?: string;
  limit?: number;
  cursor?: string | null;
}

/** The calls of the settings pages, and of the pages that a link leads to. */
export class AdminClient {
  readonly #wire: Transport;

  constructor(fetcher: typeof fetch = fetch, onSignedOut?: () => void) {
    this.#wire = new Transport(fetcher, onSignedOut);
  }

  company = () => this.#wire.call<A.Company>('GET', '/company');
  renameCompany = (name: string) =>
    this.#wire.call<A.Company>('PATCH', '/company', { body: { name } });

  teams = () => this.#all<A.Team>('/teams');
  makeTeam = (name: string) => this.#wire.call<A.Team>('POST', '/teams', { body: { name } });
  changeTeam = (id: string, body: { name?: string; agents?: string[] }) =>
    this.#wire.call<A.Team>('PATCH', `/teams/${part(id)}`, { body });
  deleteTeam = (id: string) => this.#wire.call<unknown>('DELETE', `/teams/${part(id)}`);

  agents = () => this.#all<A.KnownAgent>('/agents');
  agent = (id: string) => this.#wire.call<A.KnownAgent>('GET', `/agents/${part(id)}`);
  invite = (body: A.AgentBody) => this.#wire.call<A.KnownAgent>('POST', '/agents', { body });
  changeAgent = (id: string, body: Partial<A.AgentBody> & { active?: boolean }) =>
    this.#wire.call<A.KnownAgent>('PATCH', `/agents/${part(id)}`, { body });
  inviteAgain = (id: string) =>
    this.#wire.call<A.KnownAgent>('POST', `/agents/${part(id)}/invitation`);
  invitation = (id: string) =>
    this.#wire.call<A.Invitation & { url: string | null }>('GET', `/agents/${part(id)}/invitation`);
  withdraw = (id: string) => this.#wire.call<unknown>('DELETE', `/agents/${part(id)}/invitation`);

  labels = () => this.#all<A.KnownLabel>('/labels');
  makeLabel = (name: string) =>
    this.#wire.call<A.KnownLabel>('POST', '/labels', { body: { name } });
  renameLabel = (id: string, name: string) =>
    this.#wire.call<A.KnownLabel>('PATCH', `/labels/${part(id)}`, { body: { name } });
  deleteLabel = (id: string) => this.#wire.call<unknown>('DELETE', `/labels/${part(id)}`);

  tokens = () => this.#all<A.Token>('/tokens');
  makeToken = (name: string, agent: string) =>
    this.#wire.call<A.NewToken>('POST', '/tokens', { body: { name, agent } });
  revokeToken = (id: string) => this.#wire.call<unknown>('DELETE', `/tokens/${part(id)}`);

  deleteMailbox = (id: string) => this.#wire.call<unknown>('DELETE', `/mailboxes/${part(id)}`);

  audit = (query: AuditQuery) =>
    this.#wire.call<Page<A.AuditEntry>>('GET', '/audit', { query: { ...query } });

  openLink = (link: string) =>
    this.#wire.call<A.OpenLink>('POST', '/account-links/open', { body: { link } });
  useLink = (link: string, body: { password: string; name?: string }) =>
    this.#wire.call<unknown>('POST', '/account-links/use', { body: { link, ...body } });
  forgotPassword = (email: string) =>
    this.#wire.call<unknown>('POST', '/password-resets', { body: { email } });

  async #all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    const query: Query = { limit: 200 };
    for (;;) {
      const page = await this.#wire.call<Page<Item>>('GET', path, { query });
      items.push(...page.items);
      if (!page.nextCursor) return items;
      query.cursor = page.nextCursor;
    }
  }
}

function part(id: string): string {
  return encodeURIComponent(id);
}

export const [useAdmin, provideAdmin] = createContext<AdminClient>();
