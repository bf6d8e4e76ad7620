import type { Database } from '../../database/client.ts';
import { isDatabaseAway } from '../../database/errors.ts';
import { keptTokens, readServer } from '../../database/queries/mailbox-servers.ts';
import type { MailboxServerRow } from '../../database/rows.ts';
import { createPooledSender } from '../../mail/outbound/smtp-sender.ts';
import type {
  PooledSender,
  SendRequest,
  SendResult,
  SmtpSender,
} from '../../mail/outbound/smtp-sender.ts';
import { smtpAddressOf } from '../../mail/outbound/smtp-url.ts';
import { TokenError } from '../../mail/servers/access-token.ts';
import { openServer } from '../../mail/servers/mail-server.ts';
import type { MailServer } from '../../mail/servers/mail-server.ts';
import { SealError } from '../../runtime/sealed-secrets.ts';
import type { Sealer } from '../../runtime/sealed-secrets.ts';

/** Senders by mailbox. */
export interface MailboxSenders {
  /** Sends by the mailbox's own server, else by the desk's. */
  of(company: string, mailbox: string): SmtpSender;
  close(): void;
}

interface Held {
  /** Which settings and which access token it was made with. */
  made: string;
  sender: PooledSender;
  usedAtMs: number;
}

/** A sender that nobody asks for is forgotten; its connections have been closed long before. */
const UNUSED_MS = 10 * 60_000;

/**
 * Keeps a sender with its connections for each mailbox that has a server of its own, until its
 * settings change or nobody uses it.
 */
export function createMailboxSenders(dependencies: {
  database: Database;
  sealer: Sealer;
  desk: SmtpSender;
}): MailboxSenders {
  const { database, desk } = dependencies;
  const held = new Map<string, Held>();
  return {
    of: (company, mailbox) => ({
      sendOnce: async (request) => {
        forgetUnused(held);
        try {
          const settings = await database.withCompany(company, (trx) =>
            readServer(trx, mailbox, 'out'),
          );
          if (!settings?.enabled) return await desk.sendOnce(request);
          return await sendBy(dependencies, held, settings, request);
        } catch (error) {
          return notTried(error);
        }
      },
    }),
    close: () => {
      for (const { sender } of held.values()) sender.close();
      held.clear();
    },
  };
}

async function sendBy(
  { database, sealer }: { database: Database; sealer: Sealer },
  held: Map<string, Held>,
  settings: MailboxServerRow,
  request: SendRequest,
): Promise<SendResult> {
  const open = (refused: string | null) =>
    openServer(settings, sealer, keptTokens(database, settings), refused);
  const server = await open(null);
  const result = await holding(held, settings, server).sendOnce(request);
  const token = tokenOf(server);
  // Nothing was tried with the mail: another token may do what the one called back did not.
  if (!result.isLoginRefused || token === null) return result;
  return holding(held, settings, await open(token)).sendOnce(request);
}

function holding(
  held: Map<string, Held>,
  { company, mailbox, version }: MailboxServerRow,
  server: MailServer,
): PooledSender {
  const key = `${company}/${mailbox}`;
  const made = `${version} ${tokenOf(server) ?? ''}`;
  const known = held.get(key);
  if (known?.made === made) {
    known.usedAtMs = Date.now();
    return known.sender;
  }
  known?.sender.close();
  const sender = createPooledSender(smtpAddressOf(server));
  held.set(key, { made, sender, usedAtMs: Date.now() });
  return sender;
}

function tokenOf({ login }: MailServer): string | null {
  return login !== null && 'accessToken' in login ? login.accessToken : null;
}

function forgetUnused(held: Map<string, Held>): void {
  for (const [key, { sender, usedAtMs }] of held) {
    if (Date.now() - usedAtMs < UNUSED_MS) continue;
    sender.close();
    held.delete(key);
  }
}

/** A fault before there was any connection: another attempt is safe, and may find it mended. */
function notTried(error: unknown): SendResult {
  const isKnown = error instanceof TokenError || error instanceof SealError;
  const words = isKnown
    ? error.message
    : isDatabaseAway(error)
      ? 'The database did not answer.'
      : "The mailbox's server could not be used; the server's log says why.";
  return { outcome: 'deferred', response: words, code: null, rejected: [] };
}
