import { isAscii } from 'node:buffer';
import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { HELD_BACK_BYTES } from '../limits.ts';
import { type MailFile, piecesOfMail } from './mail-file.ts';
import { type SendResult, cleanWords, outcomeOfError, rejectedOf } from './send-outcome.ts';
import type { OpenConnection, SendLimits } from './smtp-connections.ts';
import { SEND_LIMITS, createConnections } from './smtp-connections.ts';
import { type SmtpServerAddress, readSmtpUrl } from './smtp-url.ts';

export type { SendResult } from './send-outcome.ts';
export { type SendLimits, SEND_LIMITS } from './smtp-connections.ts';

export interface SendRequest {
  /** `from` is '' for mails that nobody shall answer or bounce. */
  envelope: { from: string; to: string[] };
  /** A whole mail with CRLF line ends; dots are stuffed here. */
  raw: Buffer | MailFile;
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

/** How far an attempt has come; shared by the stream of the data and the judge of errors. */
interface Progress {
  isHandedOver: boolean;
  isOver: boolean;
}

/** Mails that one mailbox's server gets at once; large providers refuse a fourth connection. */
const MAILBOX_CONNECTIONS_MAX = 3;

/** A connection waits so long for the next mail; servers hang up after one to five minutes. */
const MAILBOX_KEEP_MS = 30_000;

/**
 * Hands mails to one SMTP server, one connection for each attempt.
 *
 * @throws TypeError when the URL is not to be understood
 */
export function createSmtpSender(smtpUrl: string, limits: SendLimits = SEND_LIMITS): SmtpSender {
  return senderTo(readSmtpUrl(smtpUrl), limits, { atOnceMax: Number.MAX_SAFE_INTEGER, keepMs: 0 });
}

/** A sender that holds connections to its server: it is closed when nobody uses it any more. */
export interface PooledSender extends SmtpSender {
  close(): void;
}

/** Hands mails to the server of a mailbox, over a few connections that are kept for a while. */
export function createPooledSender(
  server: SmtpServerAddress,
  limits: SendLimits = SEND_LIMITS,
): PooledSender {
  const pool = { atOnceMax: MAILBOX_CONNECTIONS_MAX, keepMs: MAILBOX_KEEP_MS };
  return senderTo(server, limits, pool);
}

function senderTo(
  server: SmtpServerAddress,
  limits: SendLimits,
  pool: { atOnceMax: number; keepMs: number },
): PooledSender {
  const connections = createConnections(server, limits, pool);
  return {
    close: () => connections.close(),
    async sendOnce(request) {
      const deadlineMs = Date.now() + limits.totalMs;
      const first = await attempt((withinMs) => connections.take(withinMs), request, deadlineMs);
      // A kept connection may have been hung up while it waited. Nothing was handed over, so that
      // another connection may be tried within the same attempt.
      if (first !== 'stale') return first;
      const takeNew = (withinMs: number) => connections.takeNew(withinMs);
      const second = await attempt(takeNew, request, deadlineMs);
      return second === 'stale' ? outcomeOfError(new Error('No connection holds'), false) : second;
    },
  };
}

async function attempt(
  take: (withinMs: number) => Promise<OpenConnection>,
  request: SendRequest,
  deadlineMs: number,
): Promise<SendResult | 'stale'> {
  const progress: Progress = { isHandedOver: false, isOver: false };
  let open: OpenConnection | null = null;
  let timer: NodeJS.Timeout | undefined;
  const leftMs = deadlineMs - Date.now();
  try {
    open = await take(leftMs);
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error('Not done in time')),
        Math.max(0, deadlineMs - Date.now()),
      );
    });
    const { connection, broken } = open;
    const info = await Promise.race([broken, late, exchange(connection, request, progress)]);
    progress.isOver = true;
    open.giveBack();
    return outcomeOfAnswer(info, progress.isHandedOver);
  } catch (error) {
    progress.isOver = true;
    open?.discard();
    const mayBeStale = open?.isUsed === true && !progress.isHandedOver && isHungUp(error);
    if (mayBeStale && Date.now() < deadlineMs) return 'stale';
    return outcomeOfError(error, progress.isHandedOver);
  } finally {
    clearTimeout(timer);
  }
}

/** The line was gone, or the server said so (RFC 5321, 3.8): no word about the mail. */
function isHungUp(error: unknown): boolean {
  const code: unknown = Reflect.get(Object(error), 'responseCode');
  return code === 421 || typeof code !== 'number';
}

async function exchange(
  connection: SMTPConnection,
  { envelope, raw, onHandingOver }: SendRequest,
  progress: Progress,
): Promise<SMTPConnectionSendInfo> {
  const sent = {
    ...envelope,
    to: [...envelope.to],
    size: sizeOf(raw),
    use8BitMime: !(Buffer.isBuffer(raw) ? isAscii(raw) : raw.isAscii),
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
  raw: Buffer | MailFile,
  onHandingOver: () => Promise<void>,
  progress: Progress,
): AsyncGenerator<Buffer> {
  const size = sizeOf(raw);
  const held = Math.max(0, size - HELD_BACK_BYTES);
  // Read before the hand-over is noted: a file that fails then is not a mail that may have left.
  const end = Buffer.concat(await Readable.from(piecesOfMail(raw, held, size)).toArray());
  if (end.length !== size - held) throw new Error('The file of the mail is not whole');
  yield* piecesOfMail(raw, 0, held);
  await onHandingOver();
  // Returning here would end the stream, and the end of the stream is what sends the dot.
  if (progress.isOver) throw new Error('The attempt was over before the mail was handed over');
  progress.isHandedOver = true;
  yield end;
}

function sizeOf(raw: Buffer | MailFile): number {
  return Buffer.isBuffer(raw) ? raw.length : raw.size;
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
