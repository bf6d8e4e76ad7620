import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testLog } from '../../runtime/logger.ts';
import { findTemporalProgram, type Sources } from './find-program.ts';
import { TEMPORAL_CLI_VERSION } from './search-options.ts';

let folder = '';
let asked: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-search-'));
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs every program, except the ones that are called broken. */
function sources(yields: { download?: string; build?: string } = {}): Sources {
  return {
    download: () => {
      asked.push('download');
      return Promise.resolve(yields.download ?? null);
    },
    build: () => {
      asked.push('build');
      return Promise.resolve(yields.build ?? null);
    },
    runs: (program) => !program.includes('broken'),
  };
}

function options(temporalCliPath: string | null = null) {
  return {
    config: {
      temporalCliPath,
      programFolders: ['', join(folder, 'broken'), join(folder, 'bin')],
      cacheFolder: join(folder, 'cache'),
    },
    log: testLog,
    signal: new AbortController().signal,
    progress: () => undefined,
  };
}

function place(path: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

test('TEMPORAL_CLI_PATH comes before everything else', async () => {
  place('bin/temporal');
  expect(await findTemporalProgram(options('/my/temporal'), sources())).toBe('/my/temporal');
});

test('a TEMPORAL_CLI_PATH that does not run is an error', async () => {
  place('bin/temporal');
  await expect(findTemporalProgram(options('/broken'), sources())).rejects.toThrow(
    /TEMPORAL_CLI_PATH is \/broken, and that program does not run/,
  );
});

test('PATH comes before the cache, and its broken programs are passed over', async () => {
  place('broken/temporal');
  const onPath = place('bin/temporal');
  place(`cache/temporal-${TEMPORAL_CLI_VERSION}`);
  expect(await findTemporalProgram(options(), sources())).toBe(onPath);
});

test('the cache comes before the download, which comes before the build', async () => {
  const cached = place(`cache/temporal-${TEMPORAL_CLI_VERSION}`);
  expect(await findTemporalProgram(options(), sources({ download: '/d' }))).toBe(cached);
  expect(asked).toEqual([]);
  rmSync(cached);
  expect(await findTemporalProgram(options(), sources({ download: '/d' }))).toBe('/d');
  expect(await findTemporalProgram(options(), sources({ build: '/b' }))).toBe('/b');
  expect(asked).toEqual(['download', 'download', 'build']);
});

test('when nothing works the message says every way to get one', async () => {
  await expect(findTemporalProgram(options(), sources())).rejects.toThrow(
    /temporal CLI[\s\S]*TEMPORAL_CLI_PATH[\s\S]*install Go[\s\S]*TEMPORAL_ADDRESS/i,
  );
});
