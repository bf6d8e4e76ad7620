import type { CompanyTransaction } from '../../../database/client.ts';
import {
  insertCannedResponse,
  readCannedResponse,
  setCannedFiles,
  updateCannedResponse,
} from '../../../database/queries/canned-responses.ts';
import type { AfterSend, CannedResponse } from '../../../database/queries/canned-responses.ts';
import { refused } from '../../../domain/errors.ts';
import { found } from '../../missing.ts';

/** What a caller says of a canned response. */
export interface WrittenCanned {
  title?: string;
  body?: string;
  folder?: string;
  personal?: boolean;
  labels?: readonly string[];
  afterSend?: AfterSend | null;
  attachments?: readonly string[];
}

export async function makeCanned(
  trx: CompanyTransaction,
  agent: string,
  id: string,
  written: WrittenCanned & { title: string; body: string },
): Promise<void> {
  const { attachments = [], personal = false, ...fields } = written;
  const owner = personal ? agent : null;
  await insertCannedResponse(trx, { ...fields, id, title: fields.title.trim(), agent: owner });
  await keepFiles(trx, agent, id, attachments);
}

/** Its new form. Throws not_found unless the agent may see it. */
export async function changeCanned(
  trx: CompanyTransaction,
  agent: string,
  id: string,
  written: WrittenCanned,
): Promise<CannedResponse> {
  found(await readCannedResponse(trx, agent, id), 'canned response', id);
  const { personal, attachments, ...fields } = written;
  const owner = personal === undefined ? {} : { agent: personal ? agent : null };
  const title = fields.title === undefined ? {} : { title: fields.title.trim() };
  await updateCannedResponse(trx, id, { ...fields, ...title, ...owner });
  if (attachments !== undefined) await keepFiles(trx, agent, id, attachments);
  return found(await readCannedResponse(trx, agent, id), 'canned response', id);
}

async function keepFiles(
  trx: CompanyTransaction,
  agent: string,
  id: string,
  files: readonly string[],
): Promise<void> {
  const kept = new Set(await setCannedFiles(trx, agent, id, files));
  const missing = files.find((file) => !kept.has(file));
  if (missing !== undefined) {
    throw refused('not_found', `There is no file "${missing}" of yours; upload it again.`);
  }
}
