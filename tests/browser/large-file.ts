import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/** An empty file of this size, on disk: from memory it would go to the browser byte by byte. */
export async function makeLargeFile(name: string, bytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'postkeep-large-file-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, '');
  await truncate(path, bytes);
  return path;
}
