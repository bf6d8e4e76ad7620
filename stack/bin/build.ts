import { stackLog } from '../../runtime/logger.ts';
import { runProcess } from '../../runtime/shutdown.ts';
import { ensureConsole } from '../supervisor/console-build.ts';

/** `npm run build`: what `npm start` would build first, for an image or a package. */
await runProcess(stackLog, () =>
  ensureConsole({
    log: stackLog,
    progress: (line) => process.stderr.write(`${line}\n`),
  }),
);
