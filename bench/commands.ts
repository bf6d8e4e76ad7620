import { measureFloor } from './floor.ts';
import { quantile } from './measure.ts';
import { startBenchProduct } from './product.ts';

const TICKETS = 200;
const WARM_UP = 30;
/** A callback that does not come back while the bench runs. */
const PEND_FOR_MS = 3_600_000;

export interface Commands {
  floorUpdateP50Ms: number;
  claimP50Ms: number;
  pendP50Ms: number;
  solveP50Ms: number;
}

/** Claim, pend and solve through HTTP, one after the other, beside a bare update of Temporal's. */
export async function benchCommands(): Promise<Commands> {
  const product = await startBenchProduct();
  try {
    const { floorUpdateP50Ms } = await measureFloor(product.temporalAddress);
    const sender = await product.connect();
    for (let index = 0; index < WARM_UP + TICKETS; index += 1) await sender.send(index);
    sender.close();
    const numbers = await newTickets(product, WARM_UP + TICKETS);
    const timed = async (path: string, body: () => object) => {
      const times: number[] = [];
      for (const [place, number] of numbers.entries()) {
        const asked = performance.now();
        await product.call('POST', `/tickets/${number}/${path}`, body());
        if (place >= WARM_UP) times.push(performance.now() - asked);
      }
      return quantile(times, 0.5);
    };
    const until = () => new Date(Date.now() + PEND_FOR_MS).toISOString();
    return {
      floorUpdateP50Ms,
      claimP50Ms: await timed('claim', () => ({})),
      pendP50Ms: await timed('pend', () => ({ until: until() })),
      solveP50Ms: await timed('solve', () => ({ summary: false })),
    };
  } finally {
    await product.stop();
  }
}

async function newTickets(
  product: Awaited<ReturnType<typeof startBenchProduct>>,
  count: number,
): Promise<number[]> {
  for (;;) {
    const views = await product.call('GET', '/views');
    if (typeof views['new'] === 'number' && views['new'] >= count) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Array.from({ length: count }, (_, place) => place + 1);
}
