import { join } from 'node:path';
import { readStackConfig } from '../../runtime/config.ts';
import { catcherLog } from '../../runtime/logger.ts';
import { installShutdown, runProcess } from '../../runtime/shutdown.ts';
import { StartError } from '../../runtime/start-error.ts';
import { buildCatcher } from './app.ts';
import { createCustomer } from './customer.ts';
import { openMailShelf } from './mail-shelf.ts';
import { createSmtpSink } from './smtp-sink.ts';

/** The mail catcher: `main.ts SMTP_PORT_OF_ITS_OWN HOST:PORT_OF_THE_DESK`. */
async function main(): Promise<void> {
  const config = readStackConfig();
  const [ownPort, desk] = process.argv.slice(2);
  const deskUrl = `smtp://${desk}`;
  if (!Number.isInteger(Number(ownPort)) || desk === undefined || !URL.canParse(deskUrl)) {
    throw new StartError('usage: stack/catcher/main.ts SMTP_PORT DESK_HOST:DESK_SMTP_PORT');
  }
  const shutdown = installShutdown({ log: catcherLog });
  const shelf = openMailShelf(join(config.dataFolder, 'caught'));
  const { hostname, port } = new URL(deskUrl);
  // A URL writes an IPv6 host in brackets, a socket does not.
  const host = hostname.replace(/^\[|\]$/g, '');
  const customer = createCustomer({ host, port: Number(port) });
  const sink = createSmtpSink(shelf, catcherLog);
  const app = buildCatcher({ shelf, customer, logger: catcherLog });
  shutdown.add('smtp', () => new Promise<void>((resolve) => void sink.close(() => resolve())));
  shutdown.add('page', () => app.close());
  await new Promise<void>((resolve, reject) => {
    sink.server.once('error', reject);
    sink.listen(Number(ownPort), config.host, resolve);
  });
  await app.listen({ host: config.host, port: config.catcherPort });
  process.send?.({ ready: true, port: config.catcherPort });
}

await runProcess(catcherLog, main);
