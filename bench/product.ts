import { join } from 'node:path';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { readCredentials } from '../cli/credentials.ts';
import { startProduct } from '../stack/test-stack.ts';

/** A running product of the bench's own, and how to talk to it. */
export interface BenchProduct {
  url: string;
  admin: { email: string; password: string };
  temporalAddress: string;
  /** Calls the API as the admin. @throws when the answer is not 2xx */
  call(method: string, path: string, body?: object): Promise<{ [key: string]: unknown }>;
  /** A connection to the mail receiver that stays open. */
  connect(): Promise<BenchSender>;
  stop(): Promise<void>;
}

export interface BenchSender {
  send(index: number): Promise<void>;
  close(): void;
}

/** Numbers of one bench's mails never repeat, so that no mail is taken for a copy. */
const RUN = Date.now();

export async function startBenchProduct(): Promise<BenchProduct> {
  const product = await startProduct();
  const { url, smtpPort, folder } = product;
  const credentials = readCredentials(join(folder, 'credentials.json'));
  if (credentials === null) throw new Error(`there is no credentials.json in ${folder}`);
  const token = credentials.apiToken;
  return {
    url,
    admin: credentials.admin,
    temporalAddress: product.run.temporal.address,
    call: async (method, path, body) => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const value: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
      return isRecord(value) ? value : {};
    },
    connect: () => connect(smtpPort),
    stop: async () => {
      await product.stop();
    },
  };
}

async function connect(port: number): Promise<BenchSender> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true });
  connection.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  return {
    send: (index) =>
      new Promise((resolve, reject) => {
        const from = `customer-${index}@brightmail.test`;
        const envelope = { from, to: ['support@acme.test'] };
        connection.send(envelope, mail(index, from), (error) =>
          error ? reject(error) : resolve(),
        );
      }),
    close: () => connection.quit(),
  };
}

/** About 2 KB, the size of a customer's plain question. */
function mail(index: number, from: string): string {
  const line = 'The shade of the lamp arrived with a crack along its lower edge, see below.';
  return [
    `From: Customer ${index} <${from}>`,
    'To: support@acme.test',
    `Subject: Question ${index}`,
    `Message-ID: <bench-${RUN}-${index}@brightmail.test>`,
    `Date: ${new Date(RUN).toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...Array.from({ length: 20 }, () => line),
    '',
  ].join('\r\n');
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
