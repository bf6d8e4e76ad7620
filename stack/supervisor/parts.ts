import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StackConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';
import { readOrMakeSecret } from '../../runtime/secret.ts';
import { postgresUrl, startPostgres } from '../postgres/server.ts';
import { findTemporalProgram } from '../temporal/find-program.ts';
import { startTemporal } from '../temporal/server.ts';
import type { Addresses } from './addresses.ts';
import { startChild } from './child.ts';
import type { PartDefinition } from './kept-part.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Our own processes; a test may put another program in the place of one. */
export const ENTRIES = {
  api: join(ROOT, 'api', 'server.ts'),
  worker: join(ROOT, 'worker.ts'),
  mailIn: join(ROOT, 'mail-in.ts'),
  catcher: join(ROOT, 'stack', 'catcher', 'main.ts'),
} as const;

export type EntryName = keyof typeof ENTRIES;

export interface PartContext {
  config: StackConfig;
  addresses: Addresses;
  log: Logger;
  progress: (line: string) => void;
  entries: Readonly<Record<EntryName, string>>;
}

/** @returns the part, and the address of its database (known before it runs) */
export function postgresPart(context: PartContext, port: number) {
  const { config, log } = context;
  const password = readOrMakeSecret(config.dataFolder, 'postgres-password');
  const part: PartDefinition = {
    name: 'postgres',
    start: () =>
      startPostgres({
        home: join(config.dataFolder, 'postgres'),
        host: config.host,
        port,
        password,
        durable: true,
        logFile: join(config.dataFolder, 'logs', 'postgres.log'),
        log,
        removeAfter: null,
      }),
  };
  const url = postgresUrl({ host: config.host, port }, `postkeep:${password}`);
  return { part, url };
}

export function temporalPart(context: PartContext, port: number): PartDefinition {
  const { config, addresses, log, progress } = context;
  let program: string | null = null;
  return {
    name: 'temporal',
    start: async (signal) => {
      program ??= await findTemporalProgram({ config, log, signal, progress });
      return startTemporal({
        program,
        host: config.host,
        port,
        uiPort: addresses.temporalUi,
        namespace: config.temporal.namespace,
        databaseFile: join(config.dataFolder, 'temporal.db'),
        logFile: join(config.dataFolder, 'logs', 'temporal.log'),
        removeAfter: null,
      });
    },
  };
}

/** One of our own processes. */
export function processPart(
  context: PartContext,
  name: EntryName,
  env: Record<string, string>,
): PartDefinition {
  const entry = context.entries[name];
  return { name, start: (signal) => startChild({ name, entry, env, signal }) };
}

export function catcherPart(
  context: PartContext,
  ports: { page: number; smtp: number },
  env: Record<string, string>,
): PartDefinition {
  const { addresses, entries } = context;
  const args = [String(ports.smtp), `${addresses.reach}:${addresses.smtp}`];
  const settings = { ...env, CATCHER_PORT: String(ports.page) };
  return {
    name: 'catcher',
    start: (signal) =>
      startChild({ name: 'catcher', entry: entries.catcher, args, env: settings, signal }),
  };
}
