import pg from 'pg';

/** What `record` tells at the end of its transaction: ids only. */
export interface TicketChange {
  company: string;
  ticket: number;
  seq: number;
}

/** An agent looks at a ticket, or writes on it; told between API processes. */
export interface PresenceChange {
  company: string;
  ticket: number;
  agent: string;
  /** `typing` is an answer to the customer, `noting` a note. */
  doing: 'viewing' | 'typing' | 'noting' | 'gone';
}

/** Lists of trouble (parked mail, teams) count anew, though no ticket changed. */
export interface CountsChange {
  company: string;
  changed: 'counts';
}

/** What became of a mail changed, though no ticket did: it was parked, or is a copy. */
export interface MailsChange {
  company: string;
  changed: 'mails';
}

/** Somebody signed out, or lost the right to go on: whoever listens is looked at again. */
export interface AccessChange {
  company: string;
  changed: 'access';
}

/** An agent has done with a reminder, on one of several screens. */
export interface ReminderChange {
  company: string;
  agent: string;
  reminderDone: string;
}

/** `missed`: the connection was away, so that anything may have changed meanwhile. */
export type Change =
  | ({ kind: 'ticket' } & TicketChange)
  | ({ kind: 'presence' } & PresenceChange)
  | { kind: 'counts'; company: string }
  | { kind: 'mails'; company: string }
  | { kind: 'access'; company: string }
  | ({ kind: 'reminderDone' } & ReminderChange)
  | { kind: 'missed' };

export interface ChangeListener {
  /** Calls `listener` for every change of every company; answers the way to stop. */
  subscribe(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

export const CHANNEL = 'postkeep';

/** First wait before a lost connection is made anew, doubled up to the longest. */
const RECONNECT_FIRST_MS = 200;
const RECONNECT_LONGEST_MS = 2_000;

/** A connection whose other end vanished without a word is found out within this. */
const PROBE_EVERY_MS = 15_000;
const PROBE_TIMEOUT_MS = 5_000;

/**
 * Listens to the notifications of the database on a connection of its own, which it makes anew
 * when it is lost. Starts in the background: the database may be away at first.
 */
export function listenToChanges(
  databaseUrl: string,
  onProblem: (error: unknown) => void,
): ChangeListener {
  return new ListeningConnection(databaseUrl, onProblem);
}

class ListeningConnection implements ChangeListener {
  readonly #databaseUrl: string;
  readonly #onProblem: (error: unknown) => void;
  readonly #listeners = new Set<(change: Change) => void>();
  #connection: pg.Client | null = null;
  #closed = false;
  #retryMs = RECONNECT_FIRST_MS;
  #timer: NodeJS.Timeout | undefined;
  #wasConnected = false;

  constructor(databaseUrl: string, onProblem: (error: unknown) => void) {
    this.#databaseUrl = databaseUrl;
    this.#onProblem = onProblem;
    void this.#connect();
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    const connection = this.#connection;
    this.#connection = null;
    await connection?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const connection = newConnection(this.#databaseUrl);
    this.#connection = connection;
    connection.on('error', (error) => this.#lost(connection, error));
    connection.on('end', () => this.#lost(connection, new Error('the database hung up')));
    connection.on('notification', ({ payload }) => {
      const change = readChange(payload ?? '');
      if (change) this.#tell(change);
    });
    try {
      await connection.connect();
      await connection.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.#lost(connection, error);
      return;
    }
    this.#retryMs = RECONNECT_FIRST_MS;
    if (this.#wasConnected) this.#tell({ kind: 'missed' });
    this.#wasConnected = true;
    this.#probeLater(connection);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #probeLater(connection: pg.Client): void {
    if (this.#connection !== connection) return;
    this.#timer = setTimeout(() => {
      connection.query('select 1').then(
        () => this.#probeLater(connection),
        (error: unknown) => this.#lost(connection, error),
      );
    }, PROBE_EVERY_MS);
    this.#timer.unref();
  }

  #lost(connection: pg.Client, error: unknown): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    clearTimeout(this.#timer);
    connection.end().catch(() => undefined);
    if (this.#closed) return;
    this.#onProblem(error);
    this.#timer = setTimeout(() => void this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RECONNECT_LONGEST_MS);
  }
}

function newConnection(databaseUrl: string): pg.Client {
  return new pg.Client({
    connectionString: databaseUrl,
    application_name: 'postkeep-listen',
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
  });
}

/** Null for a payload that is none of ours: anyone on the database may notify. */
export function readChange(payload: string): Change | null {
  const value = parse(payload);
  if (typeof value !== 'object' || value === null) return null;
  if (!('company' in value) || typeof value.company !== 'string') return null;
  const { company } = value;
  if (!('ticket' in value)) return readDeskChange(company, value);
  const { ticket } = value;
  if (typeof ticket !== 'number') return null;
  if ('seq' in value && typeof value.seq === 'number') {
    return { kind: 'ticket', company, ticket, seq: value.seq };
  }
  if (!('agent' in value) || typeof value.agent !== 'string' || !('doing' in value)) return null;
  const doing = (['viewing', 'typing', 'noting', 'gone'] as const).find(
    (word) => word === value.doing,
  );
  return doing ? { kind: 'presence', company, ticket, agent: value.agent, doing } : null;
}

function readDeskChange(company: string, value: object): Change | null {
  if ('changed' in value) {
    const kind = (['counts', 'mails', 'access'] as const).find((word) => word === value.changed);
    return kind ? { kind, company } : null;
  }
  if (!('reminderDone' in value) || typeof value.reminderDone !== 'string') return null;
  if (!('agent' in value) || typeof value.agent !== 'string') return null;
  const { agent, reminderDone } = value;
  return { kind: 'reminderDone', company, agent, reminderDone };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
