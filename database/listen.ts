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
  doing: 'viewing' | 'typing' | 'gone';
}

/** `missed`: the connection was away, so that anything may have changed meanwhile. */
export type Change =
  | ({ kind: 'ticket' } & TicketChange)
  | ({ kind: 'presence' } & PresenceChange)
  | { kind: 'missed' };

export interface ChangeListener {
  /** Calls `listener` for every change of every company; answers the way to stop. */
  subscribe(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

export const CHANNEL = 'postkeep';

/** First wait before a lost connection is made anew, doubled up to the longest. */
const RECONNECT_FIRST_MS = 200;
const RECONNECT_LONGEST_MS = 5_000;

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
  const listeners = new Set<(change: Change) => void>();
  let client: pg.Client | null = null;
  let closed = false;
  let retryMs = RECONNECT_FIRST_MS;
  let timer: NodeJS.Timeout | undefined;
  let wasConnected = false;

  const tell = (change: Change) => listeners.forEach((listener) => listener(change));

  const lost = (from: pg.Client, error: unknown) => {
    if (client !== from) return;
    client = null;
    clearTimeout(timer);
    from.end().catch(() => undefined);
    if (closed) return;
    onProblem(error);
    timer = setTimeout(() => void connect(), retryMs);
    retryMs = Math.min(retryMs * 2, RECONNECT_LONGEST_MS);
  };

  const probe = (connection: pg.Client) => {
    timer = setTimeout(() => {
      connection.query('select 1').then(
        () => client === connection && probe(connection),
        (error: unknown) => lost(connection, error),
      );
    }, PROBE_EVERY_MS);
    timer.unref();
  };

  const connect = async () => {
    const connection = newConnection(databaseUrl);
    client = connection;
    connection.on('error', (error) => lost(connection, error));
    connection.on('end', () => lost(connection, new Error('the database closed the connection')));
    connection.on('notification', ({ payload }) => {
      const change = readChange(payload ?? '');
      if (change) tell(change);
    });
    try {
      await connection.connect();
      await connection.query(`listen ${CHANNEL}`);
      retryMs = RECONNECT_FIRST_MS;
      if (wasConnected) tell({ kind: 'missed' });
      wasConnected = true;
      probe(connection);
    } catch (error) {
      lost(connection, error);
    }
  };

  void connect();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      const connection = client;
      client = null;
      await connection?.end().catch(() => undefined);
    },
  };
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
  if (!('company' in value) || !('ticket' in value)) return null;
  const { company, ticket } = value;
  if (typeof company !== 'string' || typeof ticket !== 'number') return null;
  if ('seq' in value && typeof value.seq === 'number') {
    return { kind: 'ticket', company, ticket, seq: value.seq };
  }
  if (!('agent' in value) || typeof value.agent !== 'string' || !('doing' in value)) return null;
  const doing = (['viewing', 'typing', 'gone'] as const).find((word) => word === value.doing);
  return doing ? { kind: 'presence', company, ticket, agent: value.agent, doing } : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
