import { access, constants, mkdir } from 'node:fs/promises';

import { listCompanyIds } from '../../database/queries/companies.ts';
import { blobFolder, openBlobStore } from '../../mail/blobs/open-blob-store.ts';
import { type Config, readConfig } from '../../runtime/config.ts';
import { readRunFile } from '../../runtime/run-file.ts';
import { createTemporalClient } from '../../runtime/temporal-client.ts';
import { readWords } from './verb.ts';
import type { Tools, Verb } from './verb.ts';

interface Finding {
  what: string;
  ok: boolean;
  says: string;
}

/** A healthy API answers in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;

export const doctor: Verb = {
  name: 'doctor',
  summary: 'Look at every part that Postkeep needs, and say what is wrong',
  usage: [''],
  run: async (words, tools) => {
    readWords(words, {});
    const config = readConfig();
    const checks: [string, () => Promise<string>][] = [
      ['database', () => checkDatabase(tools)],
      ['Temporal', () => checkTemporal(config.temporal)],
      ['files', () => checkBlobs(config)],
      ['API', () => checkApi(readRunFile(config.dataFolder)?.url ?? config.publicUrl)],
    ];
    const findings: Finding[] = [];
    for (const [what, check] of checks) findings.push(await findingOf(what, check));
    for (const { what, ok, says } of findings) {
      tools.print(`${ok ? 'ok     ' : 'WRONG  '}  ${what.padEnd(12)}  ${says}`);
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
  },
};

async function findingOf(what: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, says: await check() };
  } catch (error) {
    return { what, ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}

async function checkDatabase(tools: Tools): Promise<string> {
  const companies = await listCompanyIds(tools.database());
  return `answers as postkeep_app; companies: ${companies.join(', ') || 'none'}`;
}

async function checkTemporal(config: Parameters<typeof createTemporalClient>[0]): Promise<string> {
  const temporal = await createTemporalClient(config);
  try {
    await temporal.check();
    return `answers at ${config.address}, namespace ${config.namespace}`;
  } finally {
    await temporal.close();
  }
}

async function checkBlobs(config: Pick<Config, 'blobStore' | 'dataFolder'>): Promise<string> {
  const folder = blobFolder(config.dataFolder);
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
  if (config.blobStore === null) return `${folder} can be written to`;
  const words = Buffer.from('Postkeep writes this to see whether it can.\n');
  const { hash } = await openBlobStore(config).put(words);
  return `the bucket "${config.blobStore.bucket}" takes files, such as ${hash}`;
}

async function checkApi(url: string): Promise<string> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${url}/readyz answers ${answer.status}: ${said}`);
  return `${url} is ready: ${said}`;
}
