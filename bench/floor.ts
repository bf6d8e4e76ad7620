import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { inParallel, quantile } from './measure.ts';

const QUEUE = 'bench-floor';
const STARTS = 1_000;
const STARTERS = 50;
const UPDATES = 200;
/** Not counted: the first ones pay for compiled code and filled caches. */
const WARM_UP = 50;

export interface Floor {
  floorPerSecond: number;
  floorUpdateP50Ms: number;
  floorUpdateP95Ms: number;
}

/** What a Temporal server and one worker process take at best, measured on the given server. */
export async function measureFloor(address: string): Promise<Floor> {
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  let done = 0;
  let expected = { count: Infinity, reached: (): void => undefined };
  const workflowsPath = fileURLToPath(new URL('./floor-workflow.ts', import.meta.url));
  const worker = await Worker.create({
    connection: native,
    taskQueue: QUEUE,
    workflowBundle: await bundleWorkflowCode({ workflowsPath }),
    activities: {
      nothing: async () => {
        done += 1;
        if (done === expected.count) expected.reached();
      },
    },
  });
  const running = worker.run();
  const client = new Client({ connection });
  const run = Date.now();
  const ids: string[] = [];
  const start = async (index: number) => {
    const workflowId = `floor-${run}-${index}`;
    ids.push(workflowId);
    await client.workflow.signalWithStart('floor', {
      taskQueue: QUEUE,
      workflowId,
      signal: 'receive',
      signalArgs: [{ mail: workflowId }],
    });
  };
  const startMany = async (from: number, count: number) => {
    const all = new Promise<void>((resolve) => {
      expected = { count: done + count, reached: resolve };
    });
    await inParallel(STARTERS, count, (index) => start(from + index));
    await all;
  };
  await startMany(0, WARM_UP);
  const began = performance.now();
  await startMany(WARM_UP, STARTS);
  const seconds = (performance.now() - began) / 1_000;
  const updates: number[] = [];
  for (let index = 0; index < WARM_UP + UPDATES; index += 1) {
    const handle = client.workflow.getHandle(ids[index] ?? '');
    const asked = performance.now();
    await handle.executeUpdate('claim', { args: [{ agent: 'a' }] });
    if (index >= WARM_UP) updates.push(performance.now() - asked);
  }
  await inParallel(STARTERS, ids.length, async (index) => {
    await client.workflow.getHandle(ids[index] ?? '').terminate('the bench is over');
  });
  worker.shutdown();
  await running;
  await Promise.all([connection.close(), native.close()]);
  return {
    floorPerSecond: STARTS / seconds,
    floorUpdateP50Ms: quantile(updates, 0.5),
    floorUpdateP95Ms: quantile(updates, 0.95),
  };
}
