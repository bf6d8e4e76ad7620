import { EventEmitter, on } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { readHeaders } from '../../mail/headers.ts';
import type { MailHeaders } from '../../mail/headers.ts';

/** A mail that reached the outside world. */
export interface SunkMail {
  from: string;
  to: string[];
  raw: Buffer;
  headers: MailHeaders;
}

/** What the sink does with the next mails; default: takes them. */
export type Behaviour = 'accept' | 'refuse' | 'defer' | 'break-after-data';

export interface SmtpSink {
  url: string;
  mails: SunkMail[];
  behave(behaviour: Behaviour): void;
  /** The first mail, past or to come, that fits. Fails by the test's own time limit. */
  next(fits: (mail: SunkMail) => boolean): Promise<SunkMail>;
  stop(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it is given. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const arrivals = new EventEmitter();
  let behaviour: Behaviour = 'accept';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (behaviour === 'refuse') return callback(replyOf(550, '5.1.1 no such user here'));
        if (behaviour === 'defer') return callback(replyOf(451, '4.3.0 try again later'));
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        mails.push({ from, to, raw, headers: readHeaders(raw) });
        arrivals.emit('mail');
        if (behaviour !== 'break-after-data') return callback();
        for (const connection of server.connections) connection.close();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    behave: (next) => void (behaviour = next),
    next: async (fits) => {
      const known = mails.find(fits);
      if (known) return known;
      for await (const _ of on(arrivals, 'mail')) {
        const found = mails.find(fits);
        if (found) return found;
      }
      throw new Error('the sink has stopped');
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function replyOf(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
