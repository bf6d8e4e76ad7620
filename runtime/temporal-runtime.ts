import { DefaultLogger, Runtime } from '@temporalio/worker';

import { temporalLog } from './logger.ts';

/** The SDK warns of it; a queue for activities alone is meant to be so. */
const RUNS_NO_WORKFLOWS = 'No workflows registered, not polling for workflow tasks';

/** Lets the SDK's own warnings into our log, and leaves signals to our shutdown. */
export function installTemporalRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (message === RUNS_NO_WORKFLOWS) return;
      temporalLog[level === 'ERROR' ? 'error' : 'warn'](meta ?? {}, message);
    }),
    shutdownSignals: [],
  });
}
