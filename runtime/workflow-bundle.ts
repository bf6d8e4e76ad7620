import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleWorkflowCode } from '@temporalio/worker';
import type { BundleOptions } from '@temporalio/worker';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The folders whose sources end up in the bundle. */
const SOURCES = ['workflows', 'domain'] as const;

/** What the bundler is told; tests that bundle use the same. */
export const bundleOptions: BundleOptions = {
  workflowsPath: join(ROOT, 'workflows', 'ticket.ts'),
  payloadConverterPath: join(ROOT, 'workflows', 'payload-converter.ts'),
  workflowInterceptorModules: [join(ROOT, 'workflows', 'interceptors.ts')],
};

/**
 * The file of the bundled workflow code: made once for a state of the sources (2–3 s), and kept in
 * `dist/`, where a container image has it ready.
 */
export async function workflowBundlePath(): Promise<string> {
  const folder = join(ROOT, 'dist');
  const path = join(folder, `workflows-${sourcesHash()}.js`);
  if (existsSync(path)) return path;
  const { code } = await bundleWorkflowCode({ ...bundleOptions, logger: silent });
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, path);
  return path;
}

/** The bundler reports every module; its errors are thrown as well. */
const nothing = (): void => undefined;
const silent = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

function sourcesHash(): string {
  const hash = createHash('sha256');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(lock)) hash.update(readFileSync(lock));
  for (const folder of SOURCES) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter(isBundled).sort()) {
      hash.update(file).update(readFileSync(join(ROOT, folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function isBundled(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.test.ts');
}
