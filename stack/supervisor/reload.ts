import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../../runtime/logger.ts';
import type { PartName } from '../../runtime/run-file.ts';
import { ensureConsole } from './console-build.ts';
import type { Postkeep } from './postkeep.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const OURS: readonly PartName[] = ['api', 'worker', 'mailIn'];

/** Which processes a change below this path concerns. */
const CONCERNS: readonly (readonly [path: string, parts: readonly PartName[]])[] = [
  ['api', ['api']],
  ['web/src', ['api']],
  ['web/static', ['api']],
  ['worker.ts', ['worker']],
  ['workflows', OURS],
  ['activities', ['worker']],
  ['mail-in.ts', ['mailIn']],
  ['intake', OURS],
  ['mail', OURS],
  ['domain', OURS],
  ['database', OURS],
  ['assistant', OURS],
  ['runtime', [...OURS, 'catcher']],
  ['stack/catcher', ['catcher']],
];

/** An editor writes a file in several steps, and "save all" several files. */
const SETTLE_MS = 250;

/**
 * Restarts the processes whose sources change, and builds the console anew when its own do. A new
 * migration needs a new start.
 */
export function reloadOnChange(
  postkeep: Pick<Postkeep, 'restart'>,
  { log, progress }: { log: Logger; progress: (line: string) => void },
): { close: () => void } {
  const changed = new Set<PartName>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  const reload = async () => {
    const names = [...changed];
    changed.clear();
    try {
      await ensureConsole({ log, progress });
      await postkeep.restart(names);
      log.info({ parts: names }, 'started again with the changed sources');
    } catch (error) {
      log.error({ err: error }, 'the changed sources could not be loaded');
    }
  };
  const watchers = CONCERNS.map(([path, parts]) =>
    watchSources(join(ROOT, path), () => {
      for (const part of parts) changed.add(part);
      clearTimeout(timer);
      timer = setTimeout(() => {
        working = working.then(reload);
      }, SETTLE_MS);
    }),
  );
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher?.close();
    },
  };
}

function watchSources(path: string, onChange: () => void): FSWatcher | null {
  if (!existsSync(path)) return null;
  const recursive = !path.endsWith('.ts');
  return watch(path, { recursive }, (_event, name) => {
    if (name?.endsWith('.test.ts')) return;
    onChange();
  });
}
