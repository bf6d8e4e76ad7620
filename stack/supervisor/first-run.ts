import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TemporalConfig } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/logger.ts';

/** What the first start of a data folder gets to work with: every part is up and answers. */
export interface FirstRunInput {
  databaseUrl: string;
  temporal: TemporalConfig;
  /** credentials.json goes here (mode 600). */
  dataFolder: string;
  /** false: only the company, its admin, a mailbox and a token. */
  demo: boolean;
  url: string;
  smtp: { host: string; port: number };
  log: Logger;
}

/** As in `<data>/credentials.json`. */
export interface Credentials {
  company: string;
  admin: { email: string; password: string };
  agents: { email: string; password: string }[];
  apiToken: string;
}

/** Makes the first company; null when there is one already. Called at every start. */
export type FirstRun = (input: FirstRunInput) => Promise<Credentials | null>;

const MODULE = fileURLToPath(new URL('../../cli/first-run.ts', import.meta.url));

export async function makeFirstCompany(input: FirstRunInput): Promise<Credentials | null> {
  if (!existsSync(MODULE)) return null;
  const module: unknown = await import(MODULE);
  if (!hasFirstRun(module)) throw new Error(`${MODULE} exports no firstRun`);
  return module.firstRun(input);
}

function hasFirstRun(module: unknown): module is { firstRun: FirstRun } {
  return typeof module === 'object' && module !== null && 'firstRun' in module;
}
