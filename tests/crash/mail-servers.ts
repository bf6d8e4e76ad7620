import { EventEmitter, once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Random } from './random.ts';

/** One mail of one customer, always with the same bytes. */
export interface PostedMail {
  messageId: string;
  from: string;
  subject: string;
}

export interface Posting {
  /** Message-IDs of the mails that got their 250. */
  accepted: Set<string>;
  /** Resolves when so many have got their 250. */
  reached: (count: number) => Promise<void>;
  /** Tries of all mails together; more than mails when some had to be sent again. */
  tries: () => number;
  /** Resolves when all have got their 250. @throws when one was refused for good */
  finished: Promise<void>;
  /** Ends it, whatever is left. */
  stop: () => void;
}

export interface PostingOptions {
  mails: readonly PostedMail[];
  /** How many servers send at once, one mail after another each. */
  servers: number;
  to: string;
  /** The port of the moment: it can change between a kill and a start. */
  port: () => number;
  random: Random;
}

/** Long enough for a busy machine, short enough to notice a server that was killed. */
const ANSWER_MS_MAX = 15_000;

/** A real server waits minutes; the test has no minutes, and impatience is the harder case. */
const TRY_AGAIN_MS = 250;

const REFUSED_FOR_GOOD = 500;

/** One mail of so many loses its connection at first, soon after its last byte has left. */
const ONE_LOST_OF = 10;
const LOST_WITHIN_MS = 60;

/**
 * Sends mails as mail servers do: each until it got a 250, again with the same bytes after a
 * temporary refusal, a broken connection and a lost answer.
 */
export function startPosting(options: PostingOptions): Posting {
  const queue = [...options.mails];
  const accepted = new Set<string>();
  const aborter = new AbortController();
  const taken = new EventEmitter();
  let tries = 0;
  const serve = async (): Promise<void> => {
    for (let mail = queue.shift(); mail && !aborter.signal.aborted; mail = queue.shift()) {
      if (options.random.between(1, ONE_LOST_OF) === 1) {
        tries += 1;
        await loseConnection(mail, options);
      }
      for (;;) {
        tries += 1;
        if (await isTaken(mail, options)) break;
        await sleep(TRY_AGAIN_MS, undefined, { signal: aborter.signal });
      }
      accepted.add(mail.messageId);
      taken.emit('mail');
    }
  };
  const finished = Promise.all(Array.from({ length: options.servers }, serve)).then(
    () => undefined,
  );
  // Whoever stops it early does not wait for it.
  finished.catch(() => undefined);
  const reached = async (count: number): Promise<void> => {
    while (accepted.size < count) await once(taken, 'mail', { signal: aborter.signal });
  };
  return { accepted, reached, tries: () => tries, finished, stop: () => aborter.abort() };
}

/** @throws when the server says that it will never take the mail */
async function isTaken(mail: PostedMail, { to, port }: PostingOptions): Promise<boolean> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: port(),
    secure: false,
    ignoreTLS: true,
    connectionTimeout: ANSWER_MS_MAX,
    greetingTimeout: ANSWER_MS_MAX,
    socketTimeout: ANSWER_MS_MAX,
  });
  try {
    await transport.sendMail({ envelope: { from: mail.from, to }, raw: bytesOf(mail, to) });
    return true;
  } catch (error) {
    const code = responseCode(error);
    if (code >= REFUSED_FOR_GOOD) throw error;
    return false;
  } finally {
    transport.close();
  }
}

/** Sends a mail and is gone before it can know the answer, which may be a 250. */
async function loseConnection(mail: PostedMail, { to, port, random }: PostingOptions) {
  const connection = new SMTPConnection({ host: '127.0.0.1', port: port(), ignoreTLS: true });
  const closed = new Promise<void>((resolve) => {
    connection.once('end', resolve);
  });
  connection.once('error', () => connection.close());
  connection.connect(() => {
    const body = Readable.from([bytesOf(mail, to)]);
    body.once('end', () => setTimeout(() => connection.close(), random.between(0, LOST_WITHIN_MS)));
    connection.send({ from: mail.from, to }, body, () => undefined);
  });
  await closed;
}

function bytesOf(mail: PostedMail, to: string): Buffer {
  const lines = [
    `From: <${mail.from}>`,
    `To: <${to}>`,
    `Subject: ${mail.subject}`,
    `Message-ID: <${mail.messageId}>`,
    'Date: Thu, 19 Nov 2026 16:20:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Where is my order? (${mail.subject})`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

function responseCode(error: unknown): number {
  if (!(error instanceof Error) || !('responseCode' in error)) return 0;
  return typeof error.responseCode === 'number' ? error.responseCode : 0;
}
