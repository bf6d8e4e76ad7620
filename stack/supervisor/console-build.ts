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

/** The end of what a failed build says has the reason. */
const WORDS_CHARS_MAX = 3_000;

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
  let trouble = await runVite(options, onStart);
  // Somebody built by hand at the same time, in the same folder.
  if (trouble?.includes('no such file or directory, scandir')) {
    trouble = await runVite(options, onStart);
  }
  if (trouble !== null) {
    throw new StartError(`The console could not be built:\n${trouble.slice(-WORDS_CHARS_MAX)}`);
  }
}

/** null when it succeeded, else its words. */
async function runVite(
  { signal }: BuildOptions,
  onStart: (pid: number) => void,
): Promise<string | null> {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
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
}
