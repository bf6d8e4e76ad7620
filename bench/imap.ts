import { noDovecot, startDovecot } from '../tests/mailboxes/dovecot.ts';
import type { Dovecot } from '../tests/mailboxes/dovecot.ts';
import { quantile } from './measure.ts';
import { startBenchProduct } from './product.ts';
import type { BenchProduct } from './product.ts';

const MAILS = 1_000;
const SINGLE_MAILS = 40;
const USER = 'support';

export interface ImapFigures {
  /** From the first ticket to the last. */
  mailsPerSecond: number;
  /** From the settings to the first ticket: finding them, connecting, listing. */
  firstMs: number;
  /** Delivered to the mailbox's server → visible in the New view. */
  p50Ms: number;
  p95Ms: number;
}

/** A mailbox full of mail → tickets, then one mail after the other with IDLE. */
export async function benchImap(): Promise<ImapFigures> {
  if (noDovecot !== null) throw new Error(noDovecot);
  const [product, dovecot] = await Promise.all([startBenchProduct(), startDovecot()]);
  try {
    for (let index = 0; index < MAILS; index += 1) await dovecot.deliver(USER, mail(index));
    const began = performance.now();
    await readFrom(product, dovecot);
    await untilNew(product, 1);
    const first = performance.now();
    const before = await countNew(product);
    await untilNew(product, MAILS);
    const mailsPerSecond = ((MAILS - before) * 1_000) / (performance.now() - first);
    const singles: number[] = [];
    for (let count = 0; count < SINGLE_MAILS; count += 1) {
      const sent = performance.now();
      await dovecot.deliver(USER, mail(MAILS + count));
      await untilNew(product, MAILS + count + 1);
      singles.push(performance.now() - sent);
    }
    const [p50Ms, p95Ms] = [quantile(singles, 0.5), quantile(singles, 0.95)];
    return { mailsPerSecond, firstMs: first - began, p50Ms, p95Ms };
  } finally {
    await Promise.all([product.stop(), dovecot.stop()]);
  }
}

async function readFrom(product: BenchProduct, { ports, password }: Dovecot): Promise<void> {
  const { items } = await product.call('GET', '/mailboxes');
  const [mailbox]: { id?: unknown }[] = Array.isArray(items) ? items : [];
  const server = { host: '127.0.0.1', port: ports.imap, tls: 'none', login: USER, password };
  await product.call('PATCH', `/mailboxes/${String(mailbox?.id)}`, { incoming: server });
}

const ASK_EVERY_MS = 10;

async function countNew(product: BenchProduct): Promise<number> {
  const views = await product.call('GET', '/views');
  return typeof views['new'] === 'number' ? views['new'] : 0;
}

async function untilNew(product: BenchProduct, count: number): Promise<void> {
  while ((await countNew(product)) < count) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

/** About 2 KB, the size of a customer's plain question. */
function mail(index: number): string {
  const line = 'The shade of the lamp arrived with a crack along its lower edge, see below.';
  return [
    `From: Customer ${index} <customer-${index}@brightmail.test>`,
    'To: support@acme.test',
    `Subject: Question ${index}`,
    `Message-ID: <imap-bench-${Date.now()}-${index}@brightmail.test>`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...Array.from({ length: 20 }, () => line),
    '',
  ].join('\r\n');
}
