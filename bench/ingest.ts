import { measureFloor } from './floor.ts';
import { inParallel, quantile } from './measure.ts';
import { startBenchProduct } from './product.ts';
import type { BenchProduct } from './product.ts';

const SENDERS = 50;
const MAILS = 1_000;
const SINGLE_MAILS = 60;
/** Not counted: the first ones pay for compiled code, filled caches and prepared statements. */
const WARM_UP = 100;

export interface Ingest {
  floorPerSecond: number;
  mailsPerSecond: number;
  ratio: number;
  p50Ms: number;
  p95Ms: number;
}

/** SMTP mails in → visible in the New view, beside the floor of the same server and minute. */
export async function benchIngest(): Promise<Ingest> {
  const product = await startBenchProduct();
  try {
    const { floorPerSecond } = await measureFloor(product.temporalAddress);
    const senders = await Promise.all(Array.from({ length: SENDERS }, () => product.connect()));
    let next = 0;
    const sendMany = async (count: number) => {
      const until = next + count;
      await inParallel(SENDERS, SENDERS, async (place) => {
        while (next < until) {
          const index = next;
          next += 1;
          await senders[place]?.send(index);
        }
      });
    };
    await sendMany(WARM_UP);
    await untilNew(product, WARM_UP);
    const began = performance.now();
    await sendMany(MAILS);
    await untilNew(product, WARM_UP + MAILS);
    const mailsPerSecond = (MAILS * 1_000) / (performance.now() - began);
    const singles: number[] = [];
    for (let count = 0; count < SINGLE_MAILS; count += 1) {
      const sent = performance.now();
      await sendMany(1);
      await untilNew(product, next, 0);
      singles.push(performance.now() - sent);
    }
    senders.forEach((sender) => sender.close());
    return {
      floorPerSecond,
      mailsPerSecond,
      ratio: mailsPerSecond / floorPerSecond,
      p50Ms: quantile(singles, 0.5),
      p95Ms: quantile(singles, 0.95),
    };
  } finally {
    await product.stop();
  }
}

/** How often the count is asked for while many mails are on their way. */
const ASK_EVERY_MS = 200;

async function untilNew(product: BenchProduct, count: number, waitMs = ASK_EVERY_MS) {
  for (;;) {
    const views = await product.call('GET', '/views');
    if (typeof views['new'] === 'number' && views['new'] >= count) return;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
