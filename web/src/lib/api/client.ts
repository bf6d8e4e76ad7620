import { createContext } from 'svelte';
import { ArticleCalls } from './article-calls.ts';
import { ListCalls } from './list-calls.ts';
import type * as L from './list-types.ts';
import type * as M from './mailbox-types.ts';
import { ReportCalls } from './report-calls.ts';
import { SettingsCalls } from './settings-calls.ts';
import type { CannedResponse } from './settings-types.ts';
import { Transport, type CallOptions, type Query } from './transport.ts';
import type * as C from './customer-types.ts';
import type * as T from './types.ts';

/** With any of the filters of list/filters.ts. */
export interface TicketQuery {
  view: string;
  sort?: string;
  q?: string;
  limit?: number;
  cursor?: string | null;
  [filter: string]: string | number | readonly string[] | null | undefined;
}

export interface MailQuery {
  outcome?: string;
  q?: string;
  limit?: number;
  cursor?: string | null;
}

type Json = Record<string, unknown>;

/** A server that never answers is given up step by step; all of them end within this. */
const TEST_WAIT_MS = 90_000;

/** Every call that the console makes, named for what it does. */
export class ApiClient {
  readonly #wire: Transport;
  readonly settings: SettingsCalls;
  readonly articles: ArticleCalls;
  readonly lists: ListCalls;
  readonly reports: ReportCalls;

  constructor(fetcher: typeof fetch = fetch, onSignedOut?: () => void) {
    this.#wire = new Transport(fetcher, onSignedOut);
    this.settings = new SettingsCalls(this.#wire);
    this.articles = new ArticleCalls(this.#wire);
    this.lists = new ListCalls(this.#wire);
    this.reports = new ReportCalls(this.#wire);
  }

  signIn = (email: string, password: string) =>
    this.#wire.call<unknown>('POST', '/session', { body: { email, password } });
  signOut = () => this.#wire.call<unknown>('DELETE', '/session');
  me = () => this.#wire.call<T.Me>('GET', '/me');
  counts = () => this.#wire.call<T.Counts>('GET', '/views');

  agents = () => this.#list<T.Agent>('/agents');
  teams = () => this.#list<T.Named>('/teams');
  labels = () => this.#list<T.Label>('/labels');
  mailboxes = () => this.#list<T.Mailbox>('/mailboxes');

  /** With what only admins are told of them. */
  mailboxSettings = () => this.#list<M.MailboxSettings>('/mailboxes');
  mailbox = (id: string) => this.#wire.call<M.MailboxSettings>('GET', `/mailboxes/${part(id)}`);
  makeMailbox = (body: M.MailboxBody, idempotencyKey: string) =>
    this.#wire.call<M.MailboxSettings>('POST', '/mailboxes', { body, idempotencyKey });
  changeMailbox = (id: string, body: M.MailboxBody) =>
    this.#wire.call<M.MailboxSettings>('PATCH', `/mailboxes/${part(id)}`, { body });
  testMailbox = (id: string) =>
    this.#wire.call<{ steps: M.TriedStep[] }>('POST', `/mailboxes/${part(id)}/test`, {
      body: {},
      waitMs: TEST_WAIT_MS,
    });

  signingKeys = () => this.#list<M.SigningKey>('/dkim-keys');
  makeSigningKey = (domain: string) =>
    this.#wire.call<M.SigningKey>('POST', '/dkim-keys', { body: { domain } });
  checkSigningKey = (id: string) =>
    this.#wire.call<M.SigningKey>('POST', `/dkim-keys/${part(id)}/check`);

  tickets = (query: TicketQuery) =>
    this.#wire.call<T.Page<T.Ticket>>('GET', '/tickets', { query: { ...query } });
  ticket = (number: number) => this.#wire.call<T.Ticket>('GET', at(number));
  compose = (body: T.ComposeBody, idempotencyKey: string) =>
    this.#wire.call<T.Ticket>('POST', '/tickets', { body, idempotencyKey });
  markRead = (number: number, seq: number) =>
    this.#wire.call<unknown>('PUT', `${at(number)}/read`, { body: { seq } });
  /** Also when the page is being left. */
  tellPresence = (number: number, doing: string) =>
    this.#wire.call<unknown>('PUT', `${at(number)}/presence`, {
      body: { doing },
      keepalive: doing === 'gone',
    });
  rename = (number: number, subject: string) =>
    this.#wire.call<T.Ticket>('PATCH', at(number), { body: { subject } });

  timeline = (number: number, cursor?: string | null, limit = 200) =>
    this.#wire.call<T.Page<T.TimelineEntry>>('GET', `${at(number)}/timeline`, {
      query: { limit, cursor },
    });
  next = (number: number) => this.#wire.call<{ items: T.NextItem[] }>('GET', `${at(number)}/next`);
  moveNext = (number: number, id: string, when: string) =>
    this.#wire.call<unknown>('PATCH', `${at(number)}/next/${part(id)}`, { body: { at: when } });
  cancelNext = (number: number, id: string) =>
    this.#wire.call<unknown>('DELETE', `${at(number)}/next/${part(id)}`);

  claim = (number: number, takeover = false) =>
    this.#command(number, 'claim', takeover ? { takeover } : {});
  release = (number: number) => this.#command(number, 'release', {});
  assign = (number: number, agent: string) => this.#command(number, 'assign', { agent });
  resume = (number: number) => this.#command(number, 'resume', {});
  reopen = (number: number) => this.#command(number, 'reopen', {});
  changeTeam = (number: number, team: string) => this.#command(number, 'team', { team });
  pend = (number: number, until: string, reason: string) =>
    this.#command(number, 'pend', reason === '' ? { until } : { until, reason });
  autoSolve = (number: number, when: string | null) =>
    this.#command(number, 'auto-solve', { at: when });
  solve = (number: number, summary: boolean) =>
    this.#wire.call<T.SolvedTicket>('POST', `${at(number)}/solve`, { body: { summary } });

  invite = (number: number, agent: string) =>
    this.#wire.call<T.Ticket>('PUT', `${at(number)}/participants/${part(agent)}`);
  uninvite = (number: number, agent: string) =>
    this.#wire.call<T.Ticket>('DELETE', `${at(number)}/participants/${part(agent)}`);
  label = (number: number, name: string) =>
    this.#wire.call<T.Ticket>('PUT', `${at(number)}/labels/${part(name)}`);
  unlabel = (number: number, name: string) =>
    this.#wire.call<T.Ticket>('DELETE', `${at(number)}/labels/${part(name)}`);

  addNote = (number: number, text: string, idempotencyKey: string) =>
    this.#wire.call<unknown>('POST', `${at(number)}/notes`, { body: { text }, idempotencyKey });
  reply = (number: number, body: T.ReplyBody, idempotencyKey: string) =>
    this.#wire.call<{ message: T.QueuedMessage }>('POST', `${at(number)}/reply`, {
      body,
      idempotencyKey,
    });
  draft = (number: number) =>
    this.#wire.call<Partial<T.Draft> | null>('GET', `${at(number)}/draft`);
  saveDraft = (number: number, body: Json) =>
    this.#wire.call<Partial<T.Draft> & { replaced?: T.ReplacedDraft | null }>(
      'PUT',
      `${at(number)}/draft`,
      { body },
    );

  findCanned = (q: string) =>
    this.#wire.call<T.Page<CannedResponse>>('GET', '/canned-responses', {
      query: { q, limit: 50 },
    });
  useCanned = (id: string) =>
    this.#wire.call<CannedResponse>('POST', `/canned-responses/${part(id)}/use`, { body: {} });
  findArticles = (q: string) =>
    this.#wire.call<T.Page<T.Article>>('GET', '/articles', { query: { q, limit: 20 } });
  articleParts = (id: string) =>
    this.#wire.call<T.ArticleParts>('GET', `/articles/${part(id)}/parts`);
  useArticle = (id: string) =>
    this.#wire.call<unknown>('POST', `/articles/${part(id)}/use`, { body: {} });
  suggestions = (number: number) =>
    this.#wire.call<{ items: T.Suggestion[] }>('GET', `/tickets/${number}/suggestions`);
  markSuggestion = (number: number, id: string, as: 'used' | 'dismissed') =>
    this.#wire.call('POST', `/tickets/${number}/suggestions/${part(id)}/${as}`);
  findPeople = (q: string) =>
    this.#wire.call<T.Page<T.Named & { email: string }>>('GET', '/customers', {
      query: { q, limit: 6 },
    });

  undoSend = (message: string) => this.#wire.call<unknown>('DELETE', `/messages/${part(message)}`);
  resend = (message: string, to?: string) =>
    this.#wire.call<unknown>('POST', `/messages/${part(message)}/resend`, {
      body: to === undefined ? {} : { to },
    });
  markArrived = (message: string) =>
    this.#wire.call<unknown>('POST', `/messages/${part(message)}/arrived`, { body: {} });

  sendingProblems = (query: { limit?: number; cursor?: string | null } = {}) =>
    this.#wire.call<T.Page<T.SendingProblem>>('GET', '/messages', {
      query: { state: 'failed,bounced,uncertain,deferred', ...query },
    });

  mails = (query: MailQuery) =>
    this.#wire.call<T.Page<T.LedgerMail>>('GET', '/mails', { query: { ...query } });
  mail = (id: string) => this.#wire.call<T.LedgerMail>('GET', `/mails/${part(id)}`);
  /** With `anyway` also when a threat was found in it. */
  previewMail = (id: string, anyway = false) =>
    this.#wire.call<T.MailPreview>('GET', `/mails/${part(id)}/preview`, {
      query: anyway ? { anyway: 'true' } : {},
    });
  acceptMail = (id: string) =>
    this.#wire.call<T.LedgerMail>('POST', `/mails/${part(id)}/accept`, { body: {} });
  attachMail = (id: string, ticket: number) =>
    this.#wire.call<T.LedgerMail>('POST', `/mails/${part(id)}/attach`, { body: { ticket } });
  splitMail = (id: string) =>
    this.#wire.call<T.LedgerMail>('POST', `/mails/${part(id)}/split`, { body: {} });
  deleteMail = (id: string) => this.#wire.call<unknown>('DELETE', `/mails/${part(id)}`);

  /** Remembers for all mail of this mail's sender whether its remote images load unasked. */
  alwaysShowImages = (message: string, always: boolean) =>
    this.#wire.call<unknown>('PUT', `/messages/${part(message)}/remote-images`, {
      body: { always },
    });

  customers = (q: string, limit: number) =>
    this.#wire.call<T.Page<L.FoundCustomer>>('GET', '/customers', { query: { q, limit } });
  customer = (id: string) => this.#wire.call<C.Customer>('GET', `/customers/${part(id)}`);
  editCustomer = (id: string, body: { name?: string; email?: string }) =>
    this.#wire.call<C.Customer>('PATCH', `/customers/${part(id)}`, { body });
  addAddress = (id: string, address: string) =>
    this.#wire.call<C.Customer>('PUT', `/customers/${part(id)}/addresses/${part(address)}`);
  removeAddress = (id: string, address: string) =>
    this.#wire.call<C.Customer>('DELETE', `/customers/${part(id)}/addresses/${part(address)}`);
  mergeCustomers = (kept: string, gone: string) =>
    this.#wire.call<C.Customer>('POST', `/customers/${part(kept)}/merge`, {
      body: { customer: gone },
    });
  changeCustomerNote = (id: string, note: string, text: string) =>
    this.#wire.call<unknown>('PATCH', `/customers/${part(id)}/notes/${part(note)}`, {
      body: { text },
    });
  removeCustomerNote = (id: string, note: string) =>
    this.#wire.call<unknown>('DELETE', `/customers/${part(id)}/notes/${part(note)}`);
  changeNote = (number: number, note: string, text: string) =>
    this.#wire.call<unknown>('PATCH', `${at(number)}/notes/${part(note)}`, { body: { text } });
  removeNote = (number: number, note: string) =>
    this.#wire.call<unknown>('DELETE', `${at(number)}/notes/${part(note)}`);
  summary = (number: number) => this.#wire.call<C.SummaryPreview>('GET', `${at(number)}/summary`);
  customerTickets = (id: string) =>
    this.#wire.call<T.Page<T.Ticket>>('GET', `/customers/${part(id)}/tickets`);
  addCustomerNote = (id: string, text: string) =>
    this.#wire.call<unknown>('POST', `/customers/${part(id)}/notes`, { body: { text } });

  reminders = () => this.#wire.call<T.Page<T.Reminder>>('GET', '/reminders');
  reminderDone = (id: string) =>
    this.#wire.call<unknown>('POST', `/reminders/${part(id)}/done`, { body: {} });

  #command(number: number, name: string, body: Json): Promise<T.Ticket> {
    return this.#wire.call('POST', `${at(number)}/${name}`, { body });
  }

  async #list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    const query: Query = { limit: 200 };
    for (;;) {
      const options: CallOptions = { query };
      const page = await this.#wire.call<T.Page<Item>>('GET', path, options);
      items.push(...page.items);
      if (!page.nextCursor) return items;
      query.cursor = page.nextCursor;
    }
  }
}

function at(number: number): string {
  return `/tickets/${number}`;
}

function part(id: string): string {
  return encodeURIComponent(id);
}

export const [useApi, provideApi] = createContext<ApiClient>();
