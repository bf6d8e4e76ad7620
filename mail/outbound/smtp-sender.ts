import { isAscii } from 'node:buffer';
import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import {
  HELD_BACK_BYTES,
  SEND_CONNECT_MS,
  SEND_GREETING_MS,
  SEND_IDLE_MS,
  SEND_TOTAL_MS,
} from '../limits.ts';
import { type SendResult, cleanWords, outcomeOfError, rejectedOf } from './send-outcome.ts';
import { type SmtpServerAddress, readSmtpUrl } from './smtp-url.ts';

export type { SendResult } from './send-outcome.ts';

export interface SendRequest {
  /** `from` is '' for mails that nobody shall answer or bounce. */
  envelope: { from: string; to: string[] };
  /** A whole mail with CRLF line ends; dots are stuffed here. */
  raw: Buffer;
  /**
   * Awaited before the end of the data is sent: when it has not resolved, the server cannot have
   * taken the mail. When it rejects, the mail is not sent and the outcome is `deferred`.
   */
  onHandingOver: () => Promise<void>;
}

export interface SmtpSender {
  /** One attempt. Never rejects and never takes longer than `totalMs`. */
  sendOnce(request: SendRequest): Promise<SendResult>;
}

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

/** Chunks of this size let a slow connection hold back the reading, and so the hand-over. */
const CHUNK_BYTES = 64 * 1024;

/** A server that does not answer our QUIT gets this long before the socket is closed. */
const QUIT_MS = 2_000;

/** How far an attempt has come; shared by the stream of the data and the judge of errors. */
interface Progress {
  isHandedOver: boolean;
  isOver: boolean;
}

/**
 * Hands mails to one SMTP server, one connection for each attempt.
 *
 * @throws TypeError when the URL is not to be understood
 */
export function createSmtpSender(smtpUrl: string, limits: SendLimits = SEND_LIMITS): SmtpSender {
  const server = readSmtpUrl(smtpUrl);

  return {
    async sendOnce(request) {
      const connection = new SMTPConnection(connectionOptions(server, limits));
      const progress: Progress = { isHandedOver: false, isOver: false };
      let deadline: NodeJS.Timeout | undefined;
      const broken = new Promise<never>((_resolve, reject) => {
        // The listener stays for good: an error after the answer must not end the process.
        connection.on('error', reject);
        const late = (): void => reject(new Error(`Not done after ${limits.totalMs} ms`));
        deadline = setTimeout(late, limits.totalMs);
      });
      try {
        const info = await Promise.race([broken, exchange(connection, server, request, progress)]);
        progress.isOver = true;
        quit(connection);
        return outcomeOfAnswer(info, progress.isHandedOver);
      } catch (error) {
        progress.isOver = true;
        connection.close();
        return outcomeOfError(error, progress.isHandedOver);
      } finally {
        clearTimeout(deadline);
      }
    },
  };
}

function connectionOptions(server: SmtpServerAddress, limits: SendLimits) {
  const { host, port, secure, requireTLS, ignoreTLS, rejectUnauthorized } = server;
  return {
    host,
    port,
    secure,
    requireTLS,
    ignoreTLS,
    tls: { rejectUnauthorized },
    connectionTimeout: limits.connectMs,
    dnsTimeout: limits.connectMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.idleMs,
    socketCloseTimeout: QUIT_MS,
    logger: false,
  };
}

async function exchange(
  connection: SMTPConnection,
  { auth }: SmtpServerAddress,
  { envelope, raw, onHandingOver }: SendRequest,
  progress: Progress,
): Promise<SMTPConnectionSendInfo> {
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  if (auth) {
    await new Promise<void>((resolve, reject) => {
      connection.login(auth, (error) => (error ? reject(error) : resolve()));
    });
  }
  const sent = {
    ...envelope,
    to: [...envelope.to],
    size: raw.length,
    use8BitMime: !isAscii(raw),
  };
  const data = Readable.from(heldBack(raw, onHandingOver, progress), { objectMode: false });
  return new Promise((resolve, reject) => {
    connection.send(sent, data, (error, info) => {
      if (error) reject(error);
      else if (info) resolve(info);
      else reject(new Error('The connection reported neither an answer nor an error'));
    });
  });
}

/** The mail in pieces; the last piece and the final dot follow only when the hand-over is noted. */
async function* heldBack(
  raw: Buffer,
  onHandingOver: () => Promise<void>,
  progress: Progress,
): AsyncGenerator<Buffer> {
  const held = Math.max(0, raw.length - HELD_BACK_BYTES);
  for (let start = 0; start < held; start += CHUNK_BYTES) {
    yield raw.subarray(start, Math.min(start + CHUNK_BYTES, held));
  }
  await onHandingOver();
  // Returning here would end the stream, and the end of the stream is what sends the dot.
  if (progress.isOver) throw new Error('The attempt was over before the mail was handed over');
  progress.isHandedOver = true;
  yield raw.subarray(held);
}

function outcomeOfAnswer(info: SMTPConnectionSendInfo, isHandedOver: boolean): SendResult {
  const response = cleanWords(info.response);
  const code = Number(/^\d{3}/.exec(response)?.[0] ?? NaN);
  return {
    // A yes before the end of the data is a yes to something else.
    outcome: isHandedOver ? 'sent' : 'deferred',
    response,
    code: Number.isNaN(code) ? null : code,
    rejected: rejectedOf(info.rejectedErrors ?? []),
  };
}

function quit(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), QUIT_MS).unref();
}
