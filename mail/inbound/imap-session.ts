import { ImapFlow } from 'imapflow';

import {
  IMAP_COMMAND_MS,
  IMAP_CONNECT_MS,
  IMAP_IDLE_MS,
  IMAP_POLL_MS,
  IMAP_PROBE_MS,
} from '../limits.ts';
import type { MailServer } from '../servers/mail-server.ts';
import { problemOf, ServerProblem } from '../servers/server-problem.ts';

/** A mail as the folder lists it. */
export interface ListedMail {
  uid: number;
  bytes: number;
  /** When it came into the mailbox. */
  arrivedAt: Date;
  seen: boolean;
}

/** The folder as it is now; UIDs mean the same mails while the validity is the same. */
export interface OpenFolder {
  uidValidity: number;
  /** The UID that the next mail will have at least. */
  uidNext: number;
}

/** A connection to one folder of an IMAP server (RFC 9051). All calls throw a ServerProblem. */
export interface ImapSession {
  folder(): OpenFolder;
  /** The mails after a UID, in the order of their UIDs. */
  list(afterUid: number): Promise<ListedMail[]>;
  /** The bytes of mails; one that has vanished meanwhile is missing. */
  fetch(uids: readonly number[]): Promise<Map<number, Buffer>>;
  /** The beginning of a mail. */
  fetchHead(uid: number, bytes: number): Promise<Buffer | null>;
  /** Moves mails to a folder, which is made when it is missing. */
  move(uids: readonly number[], folder: string): Promise<void>;
  markSeen(uids: readonly number[]): Promise<void>;
  /** Resolves when there may be new mail, or it is time to look; throws when the line is dead. */
  waitForNews(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** @throws ServerProblem naming the step that did not work */
export async function openImapSession(
  server: MailServer,
  folder: string,
  options: { readOnly?: boolean } = {},
): Promise<ImapSession> {
  const client = new ImapFlow(clientOptions(server));
  // The error of a command reaches its caller; this one would end the process.
  client.on('error', () => undefined);
  const call = caller(client, server);
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw problemOf(error, server);
  }
  const line = new OpenLine(client, call);
  try {
    const { readOnly = false } = options;
    await call(() => client.mailboxOpen(folder, { readOnly }), IMAP_COMMAND_MS);
  } catch (error) {
    await line.close();
    const problem = problemOf(error, server);
    if (problem.step !== 'folder') throw problem;
    const words = `The folder "${folder}" cannot be opened: ${problem.message}`;
    throw new ServerProblem('folder', words);
  }
  return line;
}

function clientOptions({ host, port, tls, anyCertificate, ca, login }: MailServer) {
  const auth =
    login === null
      ? undefined
      : 'password' in login
        ? { user: login.user, pass: login.password }
        : { user: login.user, accessToken: login.accessToken };
  return {
    host,
    port,
    auth,
    secure: tls === 'implicit',
    doSTARTTLS: tls === 'implicit' ? undefined : tls === 'starttls',
    tls: { rejectUnauthorized: !anyCertificate, ...(ca ? { ca } : {}) },
    connectionTimeout: IMAP_CONNECT_MS,
    greetingTimeout: IMAP_CONNECT_MS,
    socketTimeout: IMAP_COMMAND_MS + IMAP_IDLE_MS,
    // It would begin only after seconds of silence; waitForNews() begins it at once.
    disableAutoIdle: true,
    disableCompression: true,
    logger: false as const,
    clientInfo: { name: 'Postkeep' },
  };
}

type Call = <T>(command: () => Promise<T>, withinMs: number) => Promise<T>;

/** Runs commands with an end: a server that is silent gets its connection closed. */
function caller(client: ImapFlow, server: MailServer): Call {
  return async (command, withinMs) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        client.close();
        const words = `The server did not answer within ${withinMs / 1_000} s.`;
        reject(new ServerProblem('connection', words));
      }, withinMs);
    });
    try {
      return await Promise.race([command(), late]);
    } catch (error) {
      throw problemOf(error, server);
    } finally {
      clearTimeout(timer);
    }
  };
}

const BY_UID = { uid: true } as const;

class OpenLine implements ImapSession {
  readonly #client: ImapFlow;
  readonly #call: Call;
  #hasNews = false;
  #wake: () => void = () => undefined;

  constructor(client: ImapFlow, call: Call) {
    this.#client = client;
    this.#call = call;
    client.on('exists', () => {
      this.#hasNews = true;
      this.#wake();
    });
    client.on('close', () => this.#wake());
  }

  folder(): OpenFolder {
    const { mailbox } = this.#client;
    if (!mailbox) throw new ServerProblem('connection', 'The server has closed the folder.');
    return { uidValidity: Number(mailbox.uidValidity), uidNext: mailbox.uidNext };
  }

  async list(afterUid: number): Promise<ListedMail[]> {
    this.#hasNews = false;
    const client = this.#client;
    // Tells of new mail, and of a line that is dead.
    await this.#call(() => client.noop(), IMAP_PROBE_MS);
    if (!client.mailbox || client.mailbox.exists === 0) return [];
    const query = { uid: true, size: true, internalDate: true, flags: true };
    const found = await this.#call(
      () => client.fetchAll(`${afterUid + 1}:*`, query, BY_UID),
      IMAP_COMMAND_MS,
    );
    return (
      found
        // `n:*` names the last mail also when its UID is below n (RFC 9051, 9).
        .filter(({ uid }) => uid > afterUid)
        .map(({ uid, size, internalDate, flags }) => ({
          uid,
          bytes: size ?? 0,
          arrivedAt: internalDate === undefined ? new Date() : new Date(internalDate),
          seen: flags?.has('\\Seen') ?? false,
        }))
        .toSorted((a, b) => a.uid - b.uid)
    );
  }

  async fetch(uids: readonly number[]): Promise<Map<number, Buffer>> {
    const client = this.#client;
    const query = { uid: true, source: true };
    const found = await this.#call(
      () => client.fetchAll(uids.join(','), query, BY_UID),
      IMAP_COMMAND_MS,
    );
    const mails = new Map<number, Buffer>();
    for (const { uid, source } of found) if (source) mails.set(uid, source);
    return mails;
  }

  async fetchHead(uid: number, bytes: number): Promise<Buffer | null> {
    const client = this.#client;
    const query = { uid: true, source: { start: 0, maxLength: bytes } };
    const found = await this.#call(
      () => client.fetchOne(String(uid), query, BY_UID),
      IMAP_COMMAND_MS,
    );
    return found && found.source ? found.source : null;
  }

  async move(uids: readonly number[], folder: string): Promise<void> {
    const client = this.#client;
    const move = () =>
      this.#call(() => client.messageMove(uids.join(','), folder, BY_UID), IMAP_COMMAND_MS);
    if (await move()) return;
    await this.#call(() => client.mailboxCreate(folder), IMAP_COMMAND_MS).catch(() => undefined);
    if (await move()) return;
    throw new ServerProblem(
      'folder',
      `Mails cannot be moved to the folder "${folder}"; they are taken, and stay where they are.`,
    );
  }

  async markSeen(uids: readonly number[]): Promise<void> {
    const client = this.#client;
    const add = () => client.messageFlagsAdd(uids.join(','), ['\\Seen'], BY_UID);
    if (await this.#call(add, IMAP_COMMAND_MS)) return;
    throw new ServerProblem('folder', 'Mails cannot be marked as seen; may the login do that?');
  }

  async waitForNews(signal: AbortSignal): Promise<void> {
    if (this.#hasNews || signal.aborted) return;
    const client = this.#client;
    const hasIdle = client.capabilities.has('IDLE');
    const waitMs = hasIdle ? IMAP_IDLE_MS : IMAP_POLL_MS;
    // It goes on until the next command breaks it.
    if (hasIdle) client.idle().catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, waitMs);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    clearTimeout(timer);
    this.#wake = () => undefined;
    if (!client.usable) throw new ServerProblem('connection', 'The server has hung up.');
  }

  async close(): Promise<void> {
    const client = this.#client;
    const late = setTimeout(() => client.close(), IMAP_GOODBYE_MS);
    await client.logout().catch(() => undefined);
    clearTimeout(late);
    client.close();
  }
}

/** A server that does not answer our farewell is left without one. */
const IMAP_GOODBYE_MS = 1_000;
