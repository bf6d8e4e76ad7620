import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The checkout's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** A file of the project: its path from the root, with `/`, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

let listed: string[] | undefined;

/**
 * Paths that git knows or would take (not ignored), so that a new file is looked at before it is
 * committed. Without git (an unpacked archive) there is nothing to list, and the tests say so.
 */
export function listFiles(): string[] {
  listed ??= askGit();
  return listed;
}

function askGit(): string[] {
  const out = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const paths = [...new Set(out.split('\0'))].filter((path) => path !== '');
  return paths.filter((path) => existsSync(join(ROOT, path))).sort();
}

const known = new Map<string, SourceFile>();

/** The texts of the files whose path passes the test; each is read once in a test process. */
export function readFiles(wanted: (path: string) => boolean): SourceFile[] {
  return listFiles().filter(wanted).map(readSource);
}

function readSource(path: string): SourceFile {
  const file = known.get(path) ?? { path, text: readFileSync(join(ROOT, path), 'utf8') };
  known.set(path, file);
  return file;
}
