/**
 * What a newcomer does with a fresh clone, and how it ends. Clones the last commit into a new
 * folder, installs there, and starts and stops the product in every way that people and machines
 * do. Takes minutes, so no part of `npm test`: npm run check:clone
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLeftovers } from '../runner/leftovers.ts';
import { ROOT } from '../runner/program.ts';
import { type Command, runNpm } from './npm-command.ts';

/** contract.md: installing, building the console and finding Temporal, without its build. */
const FIRST_START_MS_MAX = 200_000;
const LATER_START_MS_MAX = 60_000;
/** What a warm and idle machine needs (issue: at most 10 s); a busy one is told, not blamed. */
const WARM_START_MS = 10_000;
const STOP_MS_MAX = 40_000;
const GONE_MS_MAX = 15_000;

let failed = 0;
const parent = mkdtempSync(join(tmpdir(), 'postkeep-clone-'));
const clone = join(parent, 'postkeep');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function check(name: string, work: () => Promise<string | void>): Promise<void> {
  const startedMs = Date.now();
  const seconds = () => `${((Date.now() - startedMs) / 1_000).toFixed(1)} s`;
  try {
    const facts = await work();
    say(`✓ ${name} (${facts ?? seconds()})`);
  } catch (error) {
    failed += 1;
    say(`× ${name} (${seconds()})\n${error instanceof Error ? error.message : String(error)}`);
  }
}

const npm = (args: string[], env: Record<string, string> = {}) => runNpm(clone, args, env);

async function startIt(msMax: number): Promise<Command> {
  const command = npm(['start']);
  await command.says('Postkeep is ready', msMax);
  const url = /Console, API\s+(\S+)/.exec(command.output())?.[1] ?? '';
  const health = await fetch(`${url}/healthz`);
  if (!health.ok) throw new Error(`${url}/healthz answered ${health.status}`);
  return command;
}

async function nothingIsLeft(command: Command): Promise<void> {
  const left = await findLeftovers(command.mark, GONE_MS_MAX);
  if (left.length > 0) throw new Error(`still running:\n${left.join('\n')}`);
}

/** Starts, ends it that way, and looks for what is left. */
function endsBy(how: string, end: (command: Command) => void, code: number | null): Promise<void> {
  return check(`${how} leaves nothing running`, async () => {
    const command = await startIt(LATER_START_MS_MAX);
    const readyMs = Date.now();
    end(command);
    const ended = await command.ended(STOP_MS_MAX);
    await nothingIsLeft(command);
    if (code !== null && ended !== code) throw new Error(`ended with ${ended}, not ${code}`);
    return `gone after ${((Date.now() - readyMs) / 1_000).toFixed(1)} s`;
  });
}

async function takenPort(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  try {
    const command = npm(['start'], { SMTP_PORT: port });
    const code = await command.ended(LATER_START_MS_MAX);
    const words = `port ${port} is taken by another program: set SMTP_PORT`;
    if (!command.output().includes(words)) throw new Error(`did not say it:\n${command.output()}`);
    if (code === 0) throw new Error('ended with code 0');
    await nothingIsLeft(command);
  } finally {
    server.close();
  }
}

async function firstTime(): Promise<string> {
  const startedMs = Date.now();
  const testing = npm(['test', '--', 'domain/ids']);
  const starting = npm(['start']);
  await starting.says('Postkeep is ready', FIRST_START_MS_MAX);
  const readyMs = Date.now() - startedMs;
  const code = await testing.ended(FIRST_START_MS_MAX);
  if (code !== 0) throw new Error(`npm test ended with ${code}:\n${testing.output()}`);
  const both = testing.output() + starting.output();
  const times = both.split('installing packages').length - 1;
  if (times !== 1) throw new Error(`installed ${times} times:\n${both}`);
  if (!both.includes('waiting for the installation')) throw new Error('nobody waited');
  starting.signal('SIGINT');
  await starting.ended(STOP_MS_MAX);
  await Promise.all([nothingIsLeft(starting), nothingIsLeft(testing)]);
  return `ready after ${(readyMs / 1_000).toFixed(1)} s`;
}

async function secondStart(): Promise<string> {
  const startedMs = Date.now();
  const command = await startIt(LATER_START_MS_MAX);
  const tookMs = Date.now() - startedMs;
  command.signalGroup('SIGINT');
  await command.ended(STOP_MS_MAX);
  const hint = tookMs > WARM_START_MS ? ', too long unless the machine is busy' : '';
  return `ready after ${(tookMs / 1_000).toFixed(1)} s${hint}`;
}

async function startAfterKill(): Promise<void> {
  const killed = await startIt(LATER_START_MS_MAX);
  killed.signalGroup('SIGKILL');
  const next = await startIt(LATER_START_MS_MAX);
  next.signalGroup('SIGINT');
  await next.ended(STOP_MS_MAX);
  await Promise.all([nothingIsLeft(killed), nothingIsLeft(next)]);
}

// A parent that the database's user may not enter, as a home of root is.
chmodSync(parent, 0o700);
execFileSync('git', ['clone', '--quiet', ROOT, clone]);
say(`in ${clone}`);
try {
  await check('two commands at once share one installation, and both work', firstTime);
  await check('the second start is quick', secondStart);
  await endsBy('Ctrl-C (SIGINT to the whole group)', (it) => it.signalGroup('SIGINT'), null);
  await endsBy('SIGINT to npm alone', (it) => it.signal('SIGINT'), null);
  await endsBy('SIGTERM to npm alone', (it) => it.signal('SIGTERM'), null);
  await endsBy('SIGTERM to the whole group', (it) => it.signalGroup('SIGTERM'), null);
  await endsBy('SIGKILL to npm alone', (it) => it.signal('SIGKILL'), null);
  await endsBy('SIGKILL to the whole group', (it) => it.signalGroup('SIGKILL'), null);
  await check('a start right after a kill works', startAfterKill);
  await check('a taken port is told with its variable', takenPort);
} finally {
  rmSync(parent, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
