import { seedDemoTicketsOnce } from '../../cli/demo-tickets.ts';
import { readStackConfig } from '../../runtime/config.ts';
import { stackLog } from '../../runtime/logger.ts';
import { installShutdown } from '../../runtime/shutdown.ts';
import { StartError } from '../../runtime/start-error.ts';
import { announcement } from '../supervisor/announce.ts';
import { Postkeep } from '../supervisor/postkeep.ts';
import { reloadOnChange } from '../supervisor/reload.ts';

/** All parts one after the other, each within its own bound. */
const STOP_MS_MAX = 60_000;

/** `npm start`, and with `--reload` `npm run dev`. */
async function main(): Promise<void> {
  const config = readStackConfig();
  const shutdown = installShutdown({ log: stackLog, drainMsMax: STOP_MS_MAX });
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const postkeep = new Postkeep({ config, log: stackLog, progress });
  shutdown.add('parts', () => postkeep.stop());
  try {
    const { run, made } = await postkeep.start();
    process.stdout.write(announcement(run, config.dataFolder, made));
    process.send?.({ ready: true });
    const { url, smtp } = run;
    const { dataFolder } = config;
    void seedDemoTicketsOnce({ dataFolder, url, smtp, signal: shutdown.signal });
  } catch (error) {
    // A stop that was asked for is no failure.
    if (shutdown.signal.aborted) return;
    throw error;
  }
  if (process.argv.includes('--reload')) {
    const reload = reloadOnChange(postkeep, { log: stackLog, progress });
    shutdown.add('reload', () => reload.close());
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof StartError) process.stderr.write(`\n${error.message}\n`);
  else stackLog.fatal({ err: error }, 'Postkeep could not start');
  process.exit(1);
}
