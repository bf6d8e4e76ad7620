import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Logger } from '../../runtime/logger.ts';
import { LARGE_MAILS_AT_ONCE, RECEIVE_MAIL_MS_MAX, SMALL_MAIL_BYTES } from '../limits.ts';
import { type LargeMails, createLargeMails } from './large-mails.ts';
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

interface ReceiveOptions {
  sizeMaxBytes: number;
  take: (arrival: MailArrival) => Promise<void>;
  logger: Logger;
}

type ReceiveMail = (stream: SMTPServerDataStream, session: SMTPServerSession) => Promise<void>;

/**
 * Reads the data of one mail and hands it on; resolves when it is stored. Rejects with an SmtpReply
 * for a mail that is refused for good, with any other error for one that may come again.
 */
export function createReceiveMail(
  { sizeMaxBytes, take, logger }: ReceiveOptions,
  hangUp: (sessionId: string) => void,
): ReceiveMail {
  const largeMails = createLargeMails(LARGE_MAILS_AT_ONCE);

  return async (stream, session) => {
    const deadline = setTimeout(() => hangUp(session.id), RECEIVE_MAIL_MS_MAX);
    const place = createPlace(largeMails);
    try {
      const raw = await readAll(stream, sizeMaxBytes, place);
      if (isSmuggling(raw)) throw new SmtpReply(550, 'A line with only a dot needs CRLF around it');
      await take(arrivalOf(raw, session)).catch((error: unknown) => {
        logger.error({ err: error }, 'a mail could not be stored; its sender will come again');
        throw error;
      });
    } finally {
      clearTimeout(deadline);
      place.leave();
    }
  };
}

/** One mail's place among the large ones, entered at most once. */
function createPlace(largeMails: LargeMails): LargeMails {
  let isInside = false;
  return {
    async enter() {
      if (isInside) return;
      await largeMails.enter();
      isInside = true;
    },
    leave() {
      if (isInside) largeMails.leave();
    },
  };
}

async function readAll(
  stream: AsyncIterable<Buffer>,
  sizeMaxBytes: number,
  place: LargeMails,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // The rest of an oversized mail is read too, or its sender would never see the answer.
    if (size <= sizeMaxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > SMALL_MAIL_BYTES) await place.enter();
  }
  if (size > sizeMaxBytes) throw new SmtpReply(552, `Larger than ${sizeMaxBytes} bytes`);
  return Buffer.concat(chunks, size);
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
