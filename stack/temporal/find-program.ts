import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildWithGo } from './go-build.ts';
import { downloadBySdk } from './sdk-download.ts';
import { type SearchOptions, TEMPORAL_CLI_VERSION } from './search-options.ts';
import { StartError } from '../../runtime/start-error.ts';

const EXECUTABLE = process.platform === 'win32' ? '.exe' : '';

/** The places that may yield a program, in order; each answers with its path or null. */
export interface Sources {
  download: (options: SearchOptions) => Promise<string | null>;
  build: (options: SearchOptions, target: string) => Promise<string | null>;
  runs: (program: string) => boolean;
}

const REAL_SOURCES: Sources = { download: downloadBySdk, build: buildWithGo, runs: programRuns };

/**
 * The `temporal` program: TEMPORAL_CLI_PATH, PATH, the cache, the SDK's own download, a build by
 * the Go toolchain (kept in the cache).
 * @throws Error that says how to get one
 */
export async function findTemporalProgram(
  options: SearchOptions,
  sources: Sources = REAL_SOURCES,
): Promise<string> {
  const { temporalCliPath, programFolders, cacheFolder } = options.config;
  if (temporalCliPath !== null) {
    if (sources.runs(temporalCliPath)) return temporalCliPath;
    throw new StartError(
      `TEMPORAL_CLI_PATH is ${temporalCliPath}, and that program does not run: ` +
        'correct it, or unset it to have one found.',
    );
  }
  const onPath = programFolders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, `temporal${EXECUTABLE}`))
    .find((path) => isFile(path) && sources.runs(path));
  if (onPath !== undefined) return onPath;
  const cached = join(cacheFolder, `temporal-${TEMPORAL_CLI_VERSION}${EXECUTABLE}`);
  if (isFile(cached) && sources.runs(cached)) return cached;
  const made = (await sources.download(options)) ?? (await sources.build(options, cached));
  if (made !== null) return made;
  throw new StartError(
    'There is no Temporal server program on this machine, and none could be downloaded or built. ' +
      'Do one of these and start again:\n' +
      '  install the Temporal CLI (https://docs.temporal.io/cli) so that "temporal" is on PATH,\n' +
      '  set TEMPORAL_CLI_PATH to such a program,\n' +
      '  install Go (https://go.dev/dl) so that Postkeep can build one,\n' +
      '  or set TEMPORAL_ADDRESS to a Temporal server that runs elsewhere.',
  );
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function programRuns(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
