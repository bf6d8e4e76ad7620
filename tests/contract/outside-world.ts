import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

/** A mail that reached the outside world, as `GET /mails` of the world lists it. */
export interface WorldMail {
  from: string;
  to: string[];
  raw: string;
}

export interface OutsideWorld {
  /** For SMTP_URL. */
  smtpUrl: string;
  /** `GET /mails?to=ADDRESS`: every mail that went to it, oldest first, as JSON. */
  url: string;
  stop: () => Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * The mail servers of all customers. What they do is in the recipient's address: `refuse…@` is
 * refused for good, `defer…@` is asked to come later, `vanish…@` breaks the connection after the
 * content was handed over, anybody else gets the mail.
 */
export async function startOutsideWorld(): Promise<OutsideWorld> {
  const mails: WorldMail[] = [];
  const smtp = startSmtp(mails);
  const http = createServer((request, response) => {
    const to = new URL(request.url ?? '/', 'http://world').searchParams.get('to');
    const found = mails.filter((mail) => to === null || mail.to.includes(to));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  });
  await Promise.all([
    new Promise<void>((resolve) => void smtp.listen(0, HOST, resolve)),
    new Promise<void>((resolve) => void http.listen(0, HOST, resolve)),
  ]);
  return {
    smtpUrl: `smtp://${HOST}:${portOf(smtp.server.address())}`,
    url: `http://${HOST}:${portOf(http.address())}`,
    stop: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => void http.close(() => resolve())),
        new Promise<void>((resolve) => void smtp.close(resolve)),
      ]);
    },
  };
}

function startSmtp(mails: WorldMail[]): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = { ...envelopeOf(session), raw: Buffer.concat(chunks).toString('latin1') };
        const first = mail.to[0] ?? '';
        if (first.startsWith('refuse')) return callback(replyOf(550, '5.1.1 no such user here'));
        if (first.startsWith('defer')) return callback(replyOf(451, '4.3.0 try again later'));
        mails.push(mail);
        if (!first.startsWith('vanish')) return callback();
        for (const connection of server.connections) {
          if (connection.id === session.id) connection.close();
        }
      });
    },
  });
  server.on('error', () => undefined);
  return server;
}

function envelopeOf({ envelope }: SMTPServerSession): { from: string; to: string[] } {
  const { mailFrom, rcptTo } = envelope;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
  };
}

function replyOf(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return address.port;
}
