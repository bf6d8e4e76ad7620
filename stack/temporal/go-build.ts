import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../runtime/config.ts';
import { acquireFileLock, type FileLock } from '../bin/file-lock.mjs';
import { type SearchOptions, TEMPORAL_CLI_VERSION } from './search-options.ts';

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
/** Where Go's own installer puts it without touching PATH. */
const USUAL_GO = '/usr/local/go/bin';
const PROGRESS_MS = 10_000;

/**
 * Builds the program into `target` by the Go toolchain, in a module that is thrown away; null when
 * there is no toolchain or the build fails (its words are logged). Of two that want it at the same
 * time one builds and the other waits; the file appears whole, by rename.
 */
export async function buildWithGo(options: SearchOptions, target: string): Promise<string | null> {
  const go = findGo(options.config.programFolders);
  if (go === null) {
    options.log.info('there is no Go toolchain to build Temporal with');
    return null;
  }
  const lock = await acquireFileLock(`${target}.lock`, {
    onWait: (pid) => options.progress(`Temporal: waiting for the build by process ${pid}`),
  });
  try {
    if (existsSync(target)) return target;
    return await build(go, options, target, lock);
  } finally {
    lock.release();
  }
}

async function build(
  go: string,
  options: SearchOptions,
  target: string,
  lock: FileLock,
): Promise<string | null> {
  const module = mkdtempSync(join(tmpdir(), 'postkeep-temporal-'));
  const draft = `${target}.${process.pid}.new`;
  options.progress(
    `Temporal: building ${PACKAGE}@${TEMPORAL_CLI_VERSION} with Go. ` +
      'This takes some minutes, once on this machine.',
  );
  try {
    const steps = [
      ['mod', 'init', 'postkeep.local/temporal'],
      ['get', '-tool', `${PACKAGE}@${TEMPORAL_CLI_VERSION}`],
      ['build', '-trimpath', '-ldflags=-s -w', '-o', draft, PACKAGE],
    ];
    for (const step of steps) {
      const trouble = await runGo(go, step, { module, options, lock });
      if (trouble !== null) {
        options.progress(`Temporal: "go ${step.join(' ')}" failed:\n${trouble}`);
        return null;
      }
    }
    chmodSync(draft, 0o755);
    renameSync(draft, target);
    options.progress(`Temporal: built, and kept as ${target}`);
    return target;
  } finally {
    rmSync(draft, { force: true });
    rmSync(module, { recursive: true, force: true });
  }
}

interface GoRun {
  module: string;
  options: SearchOptions;
  lock: FileLock;
}

/** null when it succeeded, else the last of its words. Tells every few seconds that it is alive. */
async function runGo(go: string, step: string[], run: GoRun): Promise<string | null> {
  const startedMs = Date.now();
  const child = spawn(go, step, {
    cwd: run.module,
    // No C compiler is needed, and a workspace or vendor folder around us is none of its business.
    env: childEnvironment({ CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=mod' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: run.options.signal,
  });
  if (child.pid !== undefined) run.lock.helper(child.pid);
  let lastLines: string[] = [];
  const read = (chunk: Buffer) => {
    lastLines = [...lastLines, ...chunk.toString().trim().split('\n')].slice(-20);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - startedMs) / 1_000);
    const news = lastLines.at(-1)?.slice(0, 70) ?? '';
    run.options.progress(`Temporal: go ${step[0] ?? ''} … ${seconds} s ${news}`.trimEnd());
  }, PROGRESS_MS);
  const trouble = await new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? null : lastLines.join('\n')));
  });
  clearInterval(timer);
  return trouble;
}

function findGo(folders: readonly string[]): string | null {
  const name = process.platform === 'win32' ? 'go.exe' : 'go';
  const paths = [...folders.filter((folder) => folder !== ''), USUAL_GO];
  return paths.map((folder) => join(folder, name)).find(existsSync) ?? null;
}
