import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

/** What a provider's server took. */
export interface TakenMail {
  connection: string;
  user: string | undefined;
  from: string;
  to: string[];
  raw: string;
}

/** A provider's SMTP server: it wants a login, and lets only the mailboxes of acme.test send. */
export interface ProviderSmtp {
  port: number;
  password: string;
  mails: TakenMail[];
  commands: string[];
  /** Access tokens that it takes; none: it takes none. */
  tokens: Set<string>;
  /** The first mail that fits, past or to come. */
  next(fits: (mail: TakenMail) => boolean): Promise<TakenMail>;
  /** Cuts off whoever is connected. */
  hangUp(): void;
  /** From now on: takes the content, and hangs up instead of answering. */
  breakAfterData(breaks: boolean): void;
  stop(): Promise<void>;
}

const PASSWORD = 'a password of the provider';

class NotedServer extends SMTPServer {
  readonly commands: string[] = [];
  override connect(...args: Parameters<SMTPServer['connect']>): void {
    const [socket] = args;
    socket.on('data', (chunk: Buffer) => {
      this.commands.push(...chunk.toString('latin1').split('\r\n').filter(Boolean));
    });
    super.connect(...args);
  }
}

export async function startProviderSmtp(): Promise<ProviderSmtp> {
  const mails: TakenMail[] = [];
  const news = new EventEmitter();
  const tokens = new Set<string>();
  const state = { breaks: false };
  const server: NotedServer = new NotedServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    disableReverseLookup: true,
    onAuth(auth, _session, callback) {
      const isRight =
        auth.method === 'XOAUTH2' ? tokens.has(auth.accessToken ?? '') : auth.password === PASSWORD;
      if (isRight) callback(null, { user: auth.username });
      else callback(Object.assign(new Error('5.7.8 bad credentials'), { responseCode: 535 }));
    },
    onMailFrom({ address }, _session, callback) {
      if (address === '' || address.endsWith('@acme.test') || /@t[0-9a-f]+\.test$/.test(address)) {
        return callback();
      }
      callback(Object.assign(new Error('5.7.1 not your address'), { responseCode: 553 }));
    },
    onRcptTo({ address }, _session, callback) {
      if (!address.endsWith('@norelay.test')) return callback();
      callback(Object.assign(new Error('5.7.1 relaying denied'), { responseCode: 550 }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(takenMail(session, Buffer.concat(chunks)));
        news.emit('mail');
        if (!state.breaks) return callback();
        for (const connection of server.connections) connection.close();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.server.address()));
  return {
    port,
    password: PASSWORD,
    mails,
    commands: server.commands,
    tokens,
    next: async (fits) => {
      for (;;) {
        const found = mails.find(fits);
        if (found) return found;
        await once(news, 'mail');
      }
    },
    hangUp: () => {
      for (const connection of [...server.connections]) connection.close();
    },
    breakAfterData: (breaks) => void (state.breaks = breaks),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(resolve));
      for (const connection of [...server.connections]) connection.close();
      await closed;
    },
  };
}

function takenMail(session: SMTPServerSession, raw: Buffer): TakenMail {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    connection: session.id,
    user: session.user,
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw: raw.toString(),
  };
}
