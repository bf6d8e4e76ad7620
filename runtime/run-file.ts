import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `<data>/run.json`: where a running Postkeep answers. Scripts and the admin tool read it. */
export interface RunFile {
  url: string;
  smtp: { host: string; port: number };
  /** Absent or null: LMTP_PORT was not given. */
  lmtp?: { host: string; port: number } | null;
  temporal: { address: string; uiUrl: string | null };
  catcherUrl: string | null;
  databaseUrl: string;
  /** Where mail goes out: the catcher, or SMTP_URL as it was given. */
  smtpUrl: string;
  /** The supervisor's own process id. */
  pid: number;
  /** Process ids of the parts, renewed at each restart of one; null for a part that is not ours. */
  processes: Record<PartName, number | null>;
}

export const PART_NAMES = ['api', 'worker', 'mailIn', 'postgres', 'temporal', 'catcher'] as const;
export type PartName = (typeof PART_NAMES)[number];

export function runFilePath(dataFolder: string): string {
  return join(dataFolder, 'run.json');
}

/** The addresses of the Postkeep that runs from this data folder, or null when none does. */
export function readRunFile(dataFolder: string): RunFile | null {
  let text: string;
  try {
    text = readFileSync(runFilePath(dataFolder), 'utf8');
  } catch {
    return null;
  }
  const value: unknown = JSON.parse(text);
  return isRunFile(value) ? value : null;
}

function isRunFile(value: unknown): value is RunFile {
  return (
    isRecord(value) &&
    typeof value.url === 'string' &&
    isRecord(value.smtp) &&
    typeof value.smtp.port === 'number' &&
    isRecord(value.temporal) &&
    typeof value.temporal.address === 'string' &&
    typeof value.databaseUrl === 'string' &&
    typeof value.smtpUrl === 'string' &&
    typeof value.pid === 'number' &&
    isRecord(value.processes)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
