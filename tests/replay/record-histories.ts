/**
 * Makes `histories/` anew from real runs: `node tests/replay/record-histories.ts`. Give it when a
 * workflow changes on purpose and no running ticket is left that knows the old ways; until then
 * the old histories have to replay, by a patch (workflows/patches.ts).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startTestStack } from '../../stack/test-stack.ts';
import { lives } from '../flows/many-lives.ts';
import type { OneTicket } from '../flows/one-ticket.ts';
import { startOwnTemporal } from '../flows/own-temporal.ts';
import { startRunningDesk } from '../flows/running-desk.ts';
import type { RunningDesk } from '../flows/running-desk.ts';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));

/** So few that the longer lives continue as new. */
const EVENTS_MAX = 100;

/** The queue of one worker's own, which is named for its process and machine. */
const STICKY_QUEUE = /^\d+@/;

async function main(): Promise<void> {
  const [stack, temporal] = await Promise.all([
    startTestStack(),
    startOwnTemporal({ 'limit.historyCount.suggestContinueAsNew': EVENTS_MAX }),
  ]);
  const desk = await startRunningDesk({
    databaseUrl: stack.databaseUrl,
    temporalAddress: temporal.address,
  });
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  for (const [name, live] of Object.entries(lives)) await keepRuns(desk, name, await live(desk));
  await desk.stop();
  await Promise.all([stack.stop(), temporal.stop()]);
}

/** One file for each run of the ticket's workflow, in the order in which they ran. */
async function keepRuns(desk: RunningDesk, name: string, ticket: OneTicket): Promise<void> {
  const { workflowId } = ticket.handle;
  const runs: { runId: string; startedAt: number }[] = [];
  for await (const run of desk.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    runs.push({ runId: run.runId, startedAt: run.startTime.getTime() });
  }
  runs.sort((a, b) => a.startedAt - b.startedAt);
  for (const [index, { runId }] of runs.entries()) {
    const history = await desk.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const kept: unknown = JSON.parse(historyToJSON(history), withoutMachine);
    writeFileSync(`${FOLDER}${name}-${index + 1}.json`, `${JSON.stringify(kept)}\n`);
  }
}

/** Which process on which machine did it: no part of the replay, and nobody's business. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'identity') return undefined;
  return typeof value === 'string' && STICKY_QUEUE.test(value) ? 'one worker' : value;
}

await main();
