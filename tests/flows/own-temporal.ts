import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStackConfig } from '../../runtime/config.ts';
import { testLog } from '../../runtime/logger.ts';
import { choosePorts } from '../../stack/supervisor/ports.ts';
import { findTemporalProgram } from '../../stack/temporal/find-program.ts';
import { startTemporal } from '../../stack/temporal/server.ts';
import type { TemporalServer } from '../../stack/temporal/server.ts';

/** A Temporal server of the test's own: with other limits, or to be lost and set back. */
export interface OwnTemporal {
  address: string;
  /** Ends it as a lost machine does. */
  kill(): Promise<void>;
  /** Keeps a copy of its database; the server must be down. */
  keepCopy(): void;
  /** Puts the copy in place of its database; the server must be down. */
  restoreCopy(): void;
  /** Starts it again at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startOwnTemporal(
  dynamicConfig: Readonly<Record<string, number>> = {},
): Promise<OwnTemporal> {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-temporal-'));
  const databaseFile = join(folder, 'now', 'temporal.db');
  mkdirSync(join(folder, 'now'));
  const program = await findTemporalProgram({
    config: readStackConfig(),
    log: testLog,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  const { temporal: port } = await choosePorts(HOST, { temporal: 0 });
  const start = () =>
    startTemporal({
      program,
      host: HOST,
      port,
      uiPort: null,
      namespace: 'default',
      databaseFile,
      logFile: join(folder, 'temporal.log'),
      removeAfter: null,
      dynamicConfig,
    });
  let server: TemporalServer = await start();
  return {
    address: server.address,
    kill: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    keepCopy: () => cpSync(join(folder, 'now'), join(folder, 'copy'), { recursive: true }),
    restoreCopy: () => {
      rmSync(join(folder, 'now'), { recursive: true });
      cpSync(join(folder, 'copy'), join(folder, 'now'), { recursive: true });
    },
    restart: async () => {
      server = await start();
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
