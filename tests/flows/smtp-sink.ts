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

/**
 * What the sink does with mails; default: takes them. `hold`: takes the content and does not answer
 * before it behaves otherwise; `hold-recipient`: the same before there is any content;
 * `refuse-recipient`: refuses this one address and takes the mail for the others.
 * `slow-recipient`, `slow-content`: does as by default, `SLOW_MS` later.
 */
export type Behaviour =
  | 'accept'
  | 'refuse'
  | 'defer'
  | 'break-after-data'
  | 'hold'
  | 'hold-recipient'
  | 'refuse-recipient'
  | 'slow-recipient'
  | 'slow-content';

/** Longer than a server needs here, and short enough to wait for. */
export const SLOW_MS = 1_000;

export interface SmtpSink {
  url: string;
  mails: SunkMail[];
  /** From now on, for all or by recipient. What is held goes on accordingly. */
  behave(behaviour: Behaviour | ((to: string) => Behaviour)): void;
  /** The first mail, past or to come, that fits. Fails by the test's own time limit. */
  next(fits: (mail: SunkMail) => boolean): Promise<SunkMail>;
  /** Resolves when a mail to an address that fits is held, or was. */
  held(fits?: (address: string) => boolean): Promise<void>;
  stop(): Promise<void>;
}

type Answer = (error?: Error | null) => void;

const anybody = (): boolean => true;

/** The customer's mails meet this; those to agents are taken. */
export function forCustomers(behaviour: Behaviour): (to: string) => Behaviour {
  return (to) => (to.endsWith('@brightmail.test') ? behaviour : 'accept');
}

/** A real SMTP server on loopback that keeps what it is given. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const news = new EventEmitter().setMaxListeners(0);
  const holding: { to: string; goOn: () => void }[] = [];
  const heldOnce: string[] = [];
  let behaviourFor: (to: string) => Behaviour = () => 'accept';
  const hold = (to: string, goOn: () => void) => {
    holding.push({ to, goOn });
    heldOnce.push(to);
    news.emit('held');
  };
  const answerRecipient = (to: string, callback: Answer): void => {
    const now = behaviourFor(to);
    if (now === 'refuse-recipient') return callback(replyOf(550, '5.1.1 no such user here'));
    if (now === 'slow-recipient') return void setTimeout(callback, SLOW_MS);
    if (now !== 'hold-recipient') return callback();
    hold(to, () => answerRecipient(to, callback));
  };
  const accept = (mail: SunkMail, callback: Answer): void => {
    mails.push(mail);
    news.emit('mail');
    callback();
  };
  const answerContent = (mail: SunkMail, callback: Answer): void => {
    const to = mail.to[0] ?? '';
    const now = behaviourFor(to);
    if (now === 'hold') return hold(to, () => answerContent(mail, callback));
    if (now === 'refuse') return callback(replyOf(550, '5.1.1 no such user here'));
    if (now === 'defer') return callback(replyOf(451, '4.3.0 try again later'));
    if (now === 'slow-content') return void setTimeout(() => accept(mail, callback), SLOW_MS);
    if (now !== 'break-after-data') return accept(mail, callback);
    accept(mail, () => undefined);
    for (const connection of server.connections) connection.close();
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, callback) => answerRecipient(address, callback),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        answerContent({ from, to, raw, headers: readHeaders(raw) }, callback);
      });
    },
  });
  server.on('error', () => undefined);
  const port = await listen(server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behave: (next) => {
      behaviourFor = typeof next === 'function' ? next : () => next;
      for (const { goOn } of holding.splice(0)) goOn();
    },
    next: (fits) => first(news, 'mail', () => mails.find(fits)),
    held: async (fits = anybody) => void (await first(news, 'held', () => heldOnce.find(fits))),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What is found now or after one of the events to come. */
async function first<T>(news: EventEmitter, name: string, find: () => T | undefined): Promise<T> {
  const known = find();
  if (known !== undefined) return known;
  for await (const _ of on(news, name)) {
    const found = find();
    if (found !== undefined) return found;
  }
  throw new Error('the sink has stopped');
}

async function listen(server: SMTPServer): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return address.port;
}

function replyOf(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
