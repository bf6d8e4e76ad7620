import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';

const shutdownUrl = new URL('./shutdown.ts', import.meta.url).href;
const loggerUrl = new URL('./logger.ts', import.meta.url).href;

/** Says `ready`, then one line for each step of stopping. */
const PROGRAM = `
  import { installShutdown } from '${shutdownUrl}';
  import { testLog } from '${loggerUrl}';
  const shutdown = installShutdown({ log: testLog, drainMsMax: 300 });
  shutdown.add('first', async () => { process.stdout.write('first;'); });
  shutdown.add('stuck', () => new Promise(() => undefined));
  shutdown.add('last', () => { process.stdout.write('last;'); });
  setInterval(() => undefined, 1000);
  process.stdout.write('ready;');
`;

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', PROGRAM], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { LOG_LEVEL: 'silent', ...env },
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(child.stdout, 'data');
  return { child, output: () => output };
}

test('SIGTERM runs the steps in order, leaves a stuck one behind, and ends well', async () => {
  const { child, output } = await start({});
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  expect([code, output()]).toEqual([0, 'ready;first;last;']);
});

test('the same Ctrl-C delivered twice stops once and in order', async () => {
  const { child, output } = await start({});
  child.kill('SIGINT');
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect([code, output()]).toEqual([0, 'ready;first;last;']);
});

test('a supervised process ignores SIGINT and obeys the end of its pipe', async () => {
  const { child, output } = await start({ POSTKEEP_SUPERVISED: '1' });
  child.kill('SIGINT');
  const stillAlive = await Promise.race([once(child, 'close'), delay(200)]);
  expect(stillAlive).toBe('alive');
  child.stdin?.end();
  const [code] = await once(child, 'close');
  expect([code, output()]).toEqual([0, 'ready;first;last;']);
});

function delay(ms: number): Promise<'alive'> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('alive'), ms);
  });
}
