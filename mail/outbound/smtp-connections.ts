import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';

import { SEND_CONNECT_MS, SEND_GREETING_MS, SEND_IDLE_MS, SEND_TOTAL_MS } from '../limits.ts';
import type { SmtpServerAddress } from './smtp-url.ts';

/** Milliseconds; each bounds what one attempt may wait. */
export interface SendLimits {
  connectMs: number;
  greetingMs: number;
  idleMs: number;
  totalMs: number;
}

export const SEND_LIMITS: SendLimits = {
  connectMs: SEND_CONNECT_MS,
  greetingMs: SEND_GREETING_MS,
  idleMs: SEND_IDLE_MS,
  totalMs: SEND_TOTAL_MS,
};

/** A server that does not answer our QUIT gets this long before the socket is closed. */
const QUIT_MS = 2_000;

/** A connection that is ours for one mail, greeted and logged in. */
export interface OpenConnection {
  connection: SMTPConnection;
  /** It has carried a mail before, and may have been hung up since. */
  isUsed: boolean;
  /** Rejects when the connection breaks, at any time. */
  broken: Promise<never>;
  /** It has carried its mail well; the next may have it. */
  giveBack(): void;
  discard(): void;
}

export interface Connections {
  /** One that waits, or a new one when so many are open as may be: then in turn. */
  take(withinMs: number): Promise<OpenConnection>;
  takeNew(withinMs: number): Promise<OpenConnection>;
  close(): void;
}

interface Kept {
  connection: SMTPConnection;
  broken: Promise<never>;
  timer: NodeJS.Timeout;
}

/** Opens connections to one server, and keeps them for `keepMs` when they have done their work. */
export function createConnections(
  server: SmtpServerAddress,
  limits: SendLimits,
  pool: { atOnceMax: number; keepMs: number },
): Connections {
  return new KeptConnections(server, limits, pool);
}

class KeptConnections implements Connections {
  readonly #server: SmtpServerAddress;
  readonly #limits: SendLimits;
  readonly #atOnceMax: number;
  readonly #keepMs: number;
  readonly #kept: Kept[] = [];
  readonly #waiting: (() => void)[] = [];
  #inUse = 0;
  #isClosed = false;

  constructor(
    server: SmtpServerAddress,
    limits: SendLimits,
    { atOnceMax, keepMs }: { atOnceMax: number; keepMs: number },
  ) {
    this.#server = server;
    this.#limits = limits;
    this.#atOnceMax = atOnceMax;
    this.#keepMs = keepMs;
  }

  async take(withinMs: number): Promise<OpenConnection> {
    await this.#enter(withinMs);
    const entry = this.#kept.pop();
    if (!entry) return this.#openNew();
    clearTimeout(entry.timer);
    return this.#lend(entry.connection, entry.broken, true);
  }

  async takeNew(withinMs: number): Promise<OpenConnection> {
    await this.#enter(withinMs);
    return this.#openNew();
  }

  close(): void {
    this.#isClosed = true;
    for (const entry of [...this.#kept]) this.#forget(entry, true);
  }

  async #enter(withinMs: number): Promise<void> {
    if (this.#inUse >= this.#atOnceMax) return turn(this.#waiting, withinMs);
    this.#inUse += 1;
  }

  /** Whoever waits takes over the place of the one who leaves. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inUse -= 1;
  }

  async #openNew(): Promise<OpenConnection> {
    try {
      const { connection, broken } = await openConnection(this.#server, this.#limits);
      return this.#lend(connection, broken, false);
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  #lend(connection: SMTPConnection, broken: Promise<never>, isUsed: boolean): OpenConnection {
    return {
      connection,
      broken,
      isUsed,
      giveBack: () => {
        // Kept before the next one enters, who may take it then.
        this.#keep(connection, broken);
        this.#leave();
      },
      discard: () => {
        connection.close();
        this.#leave();
      },
    };
  }

  #keep(connection: SMTPConnection, broken: Promise<never>): void {
    if (this.#keepMs === 0 || this.#isClosed) return quit(connection);
    const timer = setTimeout(() => this.#forget(entry, true), this.#keepMs).unref();
    const entry: Kept = { connection, broken, timer };
    this.#kept.push(entry);
    broken.catch(() => this.#forget(entry, false));
    connection.once('end', () => this.#forget(entry, false));
  }

  #forget(entry: Kept, isAlive: boolean): void {
    const place = this.#kept.indexOf(entry);
    if (place < 0) return;
    this.#kept.splice(place, 1);
    clearTimeout(entry.timer);
    if (isAlive) quit(entry.connection);
    else entry.connection.close();
  }
}

async function turn(waiting: (() => void)[], withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    waiting.push(resolve);
    timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(resolve), 1);
      reject(new Error('Other mails of the mailbox take too long'));
    }, withinMs);
  }).finally(() => clearTimeout(timer));
}

/**
 * Connects, greets and logs in.
 * @throws nodemailer's error, whose `command` and `code` say how far it came
 */
export async function openConnection(
  server: SmtpServerAddress,
  limits: SendLimits,
  more: SMTPConnection.Options = {},
): Promise<{ connection: SMTPConnection; broken: Promise<never> }> {
  const connection = new SMTPConnection({ ...connectionOptions(server, limits), ...more });
  const broken = new Promise<never>((_resolve, reject) => {
    // The listener stays for good: an error after the answer must not end the process.
    connection.on('error', reject);
  });
  broken.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`Not done after ${limits.totalMs} ms`);
    timer = setTimeout(() => reject(error), limits.totalMs);
  });
  try {
    await Promise.race([broken, late, greet(connection, server)]);
    return { connection, broken };
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function greet(connection: SMTPConnection, { auth }: SmtpServerAddress): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  if (!auth) return;
  const login =
    'pass' in auth
      ? auth
      : { oauth2: new XOAuth2({ user: auth.user, accessToken: auth.accessToken }) };
  await new Promise<void>((resolve, reject) => {
    connection.login(login, (error) => (error ? reject(error) : resolve()));
  });
}

function connectionOptions(server: SmtpServerAddress, limits: SendLimits) {
  const { host, port, secure, requireTLS, ignoreTLS, rejectUnauthorized, ca } = server;
  return {
    host,
    port,
    secure,
    requireTLS,
    ignoreTLS,
    tls: { rejectUnauthorized, ca },
    connectionTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.idleMs,
    socketCloseTimeout: QUIT_MS,
    logger: false,
  };
}

export function quit(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), QUIT_MS).unref();
}
