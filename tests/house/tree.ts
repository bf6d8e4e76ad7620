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

/**
 * Paths that git knows or would take (not ignored), so that a new file is looked at before it is
 * committed. Without git (an unpacked archive) there is nothing to list, and the tests say so.
 */
export function listFiles(): string[] {
  const out = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const paths = [...new Set(out.split('\0'))].filter((path) => path !== '');
  return paths.filter((path) => existsSync(join(ROOT, path))).sort();
}

/** The texts of the files whose path passes the test. */
export function readFiles(wanted: (path: string) => boolean): SourceFile[] {
  return listFiles()
    .filter(wanted)
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
