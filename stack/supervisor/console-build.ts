import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';
import { StartError } from '../../runtime/start-error.ts';
import { acquireFileLock } from '../bin/file-lock.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WEB = join(ROOT, 'web');
const MARK = join(WEB, 'build', '.postkeep-sources');
/** What the console is made of: its own files, the words of the desk, and its packages. */
const SOURCES = ['web', 'domain', 'package-lock.json'];
const NOT_SOURCES = ['node_modules', 'build', '.svelte-kit'];

export interface BuildOptions {
  log: Logger;
  progress: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Builds the web console into web/build, unless what is there was built from the same sources. Two
 * at once share one build.
 * @throws StartError with the build's own words
 */
export async function ensureConsole(options: BuildOptions): Promise<void> {
  const hash = hashSources();
  if (isBuiltFrom(hash)) return;
  const lock = await acquireFileLock(join(WEB, 'node_modules', '.postkeep-build.lock'), {
    onWait: (pid) => options.progress(`Console: waiting for the build by process ${pid}`),
  });
  try {
    if (isBuiltFrom(hash)) return;
    options.progress('Console: building it, because its sources have changed');
    const startedMs = Date.now();
    await runBuild(options, (pid) => lock.helper(pid));
    writeFileSync(MARK, hash);
    options.log.info({ ms: Date.now() - startedMs }, 'the console is built');
  } finally {
    lock.release();
  }
}

function isBuiltFrom(hash: string): boolean {
  return existsSync(MARK) && readFileSync(MARK, 'utf8') === hash;
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(join(ROOT, source))) {
      hash.update(file).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
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

async function runBuild(options: BuildOptions, onStart: (pid: number) => void): Promise<void> {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build'], {
    cwd: WEB,
    env: childEnvironment({ NODE_ENV: 'production', NO_COLOR: '1' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal,
  });
  if (child.pid !== undefined) onStart(child.pid);
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  const code = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', resolve);
  });
  if (code !== 0) throw new StartError(`The console could not be built (${code}):\n${words}`);
}
