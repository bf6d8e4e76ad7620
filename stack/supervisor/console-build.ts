import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  announceBuild,
  BUILT_CONSOLES,
  listBuilds,
  readServedBuilds,
} from '../../runtime/built-console.ts';
import { childEnvironment } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';
import { StartError } from '../../runtime/start-error.ts';
import { acquireFileLock } from '../bin/file-lock.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WEB = join(ROOT, 'web');
/** What the console is made of: its own files, the words of the desk, and its packages. */
const SOURCES = ['web', 'domain', 'package-lock.json'];
const NOT_SOURCES = ['node_modules', 'build', '.svelte-kit'];

/** 64 bits: two versions of the sources never meet. */
const NAME_CHARS = 16;
/** The one in use, and the one before it for who goes back and forth between two branches. */
const BUILDS_KEPT = 2;
/** The end of what a failed build says has the reason. */
const WORDS_CHARS_MAX = 3_000;

export interface BuildOptions {
  log: Logger;
  progress: (line: string) => void;
  signal?: AbortSignal;
  /** Where the builds are; default: web/build. */
  folder?: string;
  /** Default: the hash of the sources. */
  name?: string;
  /** Fills the folder, which is there; resolves with what went wrong, or null. Default: Vite. */
  make?: Make;
}

type Make = (
  into: string,
  options: { signal?: AbortSignal; onStart: (pid: number) => void },
) => Promise<string | null>;

/**
 * Makes the web console of the sources as they are current: builds it into web/build/<hash of the
 * sources>, unless it is there. A build appears when it is complete and never changes; those that a
 * process serves are kept, so that open pages find their files. Two at once share one build.
 * @throws StartError with the build's own words
 */
export async function ensureConsole(options: BuildOptions): Promise<void> {
  const { folder = BUILT_CONSOLES, name = hashSources(), log, progress } = options;
  if (useBuild(folder, name)) return;
  const lock = await acquireFileLock(join(folder, '.lock'), {
    onWait: (pid) => progress(`Console: waiting for the build by process ${pid}`),
  });
  try {
    if (useBuild(folder, name)) return;
    progress('Console: building it, because its sources have changed');
    const startedMs = Date.now();
    await build({ ...options, folder, name }, (pid) => lock.helper(pid));
    announceBuild(folder, name);
    removeOldBuilds(folder, name);
    log.info({ ms: Date.now() - startedMs, build: name }, 'the console is built');
  } finally {
    lock.release();
  }
}

/** False when there is no such build. */
function useBuild(folder: string, name: string): boolean {
  const path = join(folder, name);
  if (!existsSync(path)) return false;
  // The order of use decides which ones go.
  utimesSync(path, new Date(), new Date());
  announceBuild(folder, name);
  return true;
}

async function build(
  { folder, name, signal, make = runVite }: BuildOptions & { folder: string; name: string },
  onStart: (pid: number) => void,
): Promise<void> {
  const unfinished = join(folder, 'unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const trouble = await make(unfinished, { signal, onStart });
  if (trouble !== null) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new StartError(`The console could not be built:\n${trouble.slice(-WORDS_CHARS_MAX)}`);
  }
  renameSync(unfinished, join(folder, name));
}

function removeOldBuilds(folder: string, current: string): void {
  const served = readServedBuilds(folder);
  const usedMs = (name: string) => statSync(join(folder, name)).mtimeMs;
  const old = listBuilds(folder)
    .filter((name) => name !== current)
    .sort((a, b) => usedMs(b) - usedMs(a))
    .slice(BUILDS_KEPT - 1);
  for (const name of old) {
    if (!served.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(join(ROOT, source))) {
      hash.update(file).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex').slice(0, NAME_CHARS);
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (path.endsWith('.json')) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.includes(entry.name) && !entry.name.endsWith('.test.ts'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = `${path}${sep}${entry.name}`;
      return entry.isDirectory() ? filesBelow(full) : [full];
    });
}

/** `web/vite.config.ts` takes the folder from behind the dashes. */
const runVite: Make = async (into, { signal, onStart }) => {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--', into], {
    cwd: WEB,
    env: childEnvironment({ NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: null }),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  if (child.pid !== undefined) onStart(child.pid);
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? null : words.trim()));
  });
};
