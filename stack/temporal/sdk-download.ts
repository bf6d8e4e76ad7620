import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SearchOptions } from './search-options.ts';

const PROBE = fileURLToPath(new URL('./sdk-download-probe.ts', import.meta.url));
/** The archive has some 40 MB; a line that is slower than that will not do. */
const DOWNLOAD_MS_MAX = 180_000;

/**
 * The dev server that the TypeScript SDK downloads for its tests, kept in our cache. The SDK starts
 * what it has fetched, so this happens in a process of its own, which ends it again.
 */
export async function downloadBySdk(options: SearchOptions): Promise<string | null> {
  const folder = join(options.config.cacheFolder, 'sdk');
  mkdirSync(folder, { recursive: true });
  const kept = programIn(folder);
  if (kept !== null) return kept;
  options.progress('Temporal: asking the SDK to download its dev server');
  const child = spawn(process.execPath, [PROBE, folder], {
    stdio: ['ignore', 'ignore', 'ignore'],
    signal: options.signal,
    timeout: DOWNLOAD_MS_MAX,
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
  const program = code === 0 ? programIn(folder) : null;
  if (program === null) options.log.info('the SDK could not download a Temporal dev server');
  return program;
}

/** What the SDK names its files is its own affair: it is the one that can be executed. */
function programIn(folder: string): string | null {
  const name = readdirSync(folder).find((entry) => {
    const { mode } = statSync(join(folder, entry));
    return entry.includes('temporal') && !entry.endsWith('.downloading') && (mode & 0o100) !== 0;
  });
  return name === undefined ? null : join(folder, name);
}
