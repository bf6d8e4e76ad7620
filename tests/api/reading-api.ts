import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/deps.ts';
import { createDatabase } from '../../database/client.ts';
import type { Database } from '../../database/client.ts';
import { hashCredential, newCredential } from '../../database/credential-hash.ts';
import type { ChangeListener } from '../../database/listen.ts';
import { newId } from '../../database/new-id.ts';
import { insertToken } from '../../database/queries/tokens.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import { createBlobStore } from '../../mail/blob-store.ts';
import type { BlobStore } from '../../mail/blob-store.ts';
import { readConfig } from '../../runtime/config.ts';
import { testLog } from '../../runtime/logger.ts';
import { createTestDatabase } from '../../stack/test-database.ts';
import type { Desk } from './desk.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An answer as a caller sees it; `body` is whatever came, which the test looks at. */
export interface Answer {
  status: number;
  // Answers of the system under test are looked at as they come.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  headers: { [name: string]: unknown };
  text: string;
}

export interface ReadingApi {
  database: Database;
  blobs: BlobStore;
  app: Api;
  /** A token that acts as the agent. */
  tokenFor(desk: Desk, agent: string): Promise<string>;
  call(token: string, method: Method, path: string, body?: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** The API on a database of its own. What is not given is not reached: Temporal, live news. */
export async function startReadingApi(
  adminUrl: string,
  name: string,
  parts: {
    workflows?: (database: Database) => TicketWorkflows;
    listen?: (databaseUrl: string) => ChangeListener;
    env?: { [name: string]: string };
    blobs?: (folder: string) => BlobStore;
  } = {},
): Promise<ReadingApi> {
  const databaseUrl = await createTestDatabase(adminUrl, name);
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-reading-'));
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    SMTP_URL: 'smtp://127.0.0.1:1',
    POSTKEEP_DATA: folder,
    POSTKEEP_SECRET: 'only for this test',
    ...parts.env,
  });
  const database = createDatabase(databaseUrl, { poolMax: 4 });
  const blobs = (parts.blobs ?? createBlobStore)(join(folder, 'blobs'));
  const listen = parts.listen?.(databaseUrl) ?? silence;
  const app = await buildApp({
    database,
    blobs,
    config,
    workflows: parts.workflows?.(database) ?? unreachable,
    logger: testLog,
    listen,
    checks: {},
  });
  return {
    database,
    blobs,
    app,
    tokenFor: async (desk, agent) => {
      const secret = newCredential();
      const hash = hashCredential(secret);
      await desk.in((trx) => insertToken(trx, { id: newId(), name: 'test', agent, hash }));
      return secret;
    },
    call: async (token, method, path, body) => {
      const answer = await app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { payload: body }),
      });
      const { statusCode, headers, payload } = answer;
      const isJson = /json/.test(String(headers['content-type']));
      return { status: statusCode, headers, text: payload, body: isJson ? answer.json() : null };
    },
    stop: async () => {
      await app.close();
      await listen.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const silence: ChangeListener = {
  subscribe: () => () => undefined,
  close: async () => undefined,
};

const refuse = async (): Promise<never> => {
  throw new Error('a reading call reached for Temporal');
};

const unreachable: TicketWorkflows = {
  receive: refuse,
  sync: refuse,
  signal: refuse,
  command: refuse,
  commandRunning: refuse,
};
