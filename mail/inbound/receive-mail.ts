import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Logger } from '../../runtime/logger.ts';
import { LARGE_MAILS_AT_ONCE, LARGE_MAILS_LOOK_MS, SMALL_MAIL_BYTES } from '../limits.ts';
import { type LargePlace, createLargePlaces } from './large-places.ts';
import { SmtpReply } from './smtp-reply.ts';
import { isSmuggling } from './smuggling.ts';

/** A mail as it came over the wire, dots unstuffed, with what the sending server said. */
export interface MailArrival {
  raw: Buffer;
  envelope: {
    /** Lower case; '' for the null sender of bounces and automatic mail. */
    from: string;
    /** Only recipients that `isRecipient` accepted, in lower case, each once. */
    to: string[];
    /** What the sending server calls itself; null by LMTP, which a server of ours speaks. */
    heloName: string | null;
    remoteAddress: string;
  };
  receivedAt: Date;
}

/** How far the data of one mail has come. */
export interface MailUnderWay {
  sinceMs: number;
  bytes: number;
  /** Whether it is the sender who is waited for, and not we. */
  isAwaited: boolean;
}

/** How long the data of a mail may take. */
export interface DataLimits {
  /** Without a byte. */
  dataIdleMs: number;
  dataMs: number;
  /** How long a large one keeps others out, should it be slow. */
  dataGraceMs: number;
}

interface ReceiveOptions {
  sizeMaxBytes: number;
  take: (arrival: MailArrival) => Promise<void>;
  logger: Logger;
}

interface Sessions {
  /** Kept while a mail is received and stored. */
  busy: Map<string, MailUnderWay>;
  hangUp: (sessionId: string) => void;
}

type ReceiveMail = (stream: SMTPServerDataStream, session: SMTPServerSession) => Promise<void>;

/**
 * Reads the data of one mail and hands it on; resolves when it is stored. Rejects with an SmtpReply
 * for a mail that is refused for good, with any other error for one that may come again.
 */
export function createReceiveMail(
  { sizeMaxBytes, take, logger }: ReceiveOptions,
  { dataIdleMs, dataMs, dataGraceMs }: DataLimits,
  { busy, hangUp }: Sessions,
): ReceiveMail {
  const largePlaces = createLargePlaces({
    places: LARGE_MAILS_AT_ONCE,
    graceMs: dataGraceMs,
    lookEveryMs: LARGE_MAILS_LOOK_MS,
  });

  return async (stream, session) => {
    const mail: MailUnderWay = { sinceMs: Date.now(), bytes: 0, isAwaited: true };
    busy.set(session.id, mail);
    const deadline = setTimeout(() => hangUp(session.id), dataMs);
    const idle = setTimeout(() => mail.isAwaited && hangUp(session.id), dataIdleMs);
    const place = largePlaces.placeFor(mail, () => hangUp(session.id));
    try {
      const raw = await readAll(stream, { sizeMaxBytes, place, mail, idle });
      clearTimeout(deadline);
      if (isSmuggling(raw)) throw new SmtpReply(550, 'A line with only a dot needs CRLF around it');
      await take(arrivalOf(raw, session)).catch((error: unknown) => {
        logger.error({ err: error }, 'a mail could not be stored; its sender will come again');
        throw error;
      });
    } finally {
      clearTimeout(deadline);
      clearTimeout(idle);
      place.leave();
      busy.delete(session.id);
    }
  };
}

interface Reading {
  sizeMaxBytes: number;
  place: LargePlace;
  mail: MailUnderWay;
  idle: NodeJS.Timeout;
}

async function readAll(
  stream: AsyncIterable<Buffer>,
  { sizeMaxBytes, place, mail, idle }: Reading,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    mail.bytes += chunk.length;
    // The rest of an oversized mail is read too, or its sender would never see the answer.
    if (mail.bytes <= sizeMaxBytes) chunks.push(chunk);
    else chunks.length = 0;
    mail.isAwaited = false;
    if (mail.bytes > SMALL_MAIL_BYTES) await place.enter();
    mail.isAwaited = true;
    idle.refresh();
  }
  mail.isAwaited = false;
  if (mail.bytes > sizeMaxBytes) throw new SmtpReply(552, `Larger than ${sizeMaxBytes} bytes`);
  return Buffer.concat(chunks, mail.bytes);
}

function arrivalOf(raw: Buffer, session: SMTPServerSession): MailArrival {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    raw,
    envelope: {
      from: mailFrom === false ? '' : mailFrom.address.toLowerCase(),
      to: [...new Set(rcptTo.map(({ address }) => address.toLowerCase()))],
      heloName: session.transmissionType === 'LMTP' ? null : session.hostNameAppearsAs,
      remoteAddress: session.remoteAddress,
    },
    receivedAt: new Date(),
  };
}
