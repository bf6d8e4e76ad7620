import { readFile } from 'node:fs/promises';

import { Client, Connection } from '@temporalio/client';
import type { TLSConfig } from '@temporalio/client';

import type { TemporalConfig } from './config.ts';

/** How long a check of the connection may take. */
const CHECK_TIMEOUT_MS = 1_500;

/** gRPC waits up to two minutes after a long outage; desks wait for it to be over. */
const RECONNECT_EVERY_MS_MAX = 1_000;

export interface TemporalClient {
  client: Client;
  /** Resolves when the server answers. */
  check: () => Promise<unknown>;
  close(): Promise<void>;
}

/**
 * A client that connects with its first call, so that a process starts while Temporal is away and
 * finds it when it comes back.
 */
export async function createTemporalClient(config: TemporalConfig): Promise<TemporalClient> {
  const connection = Connection.lazy({
    ...(await connectionOptions(config)),
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_EVERY_MS_MAX },
  });
  return {
    client: new Client({ connection, namespace: config.namespace }),
    check: () =>
      connection.withDeadline(Date.now() + CHECK_TIMEOUT_MS, () =>
        connection.workflowService.getSystemInfo({}),
      ),
    close: () => connection.close(),
  };
}

/** How clients and workers alike reach the server. */
export async function connectionOptions(config: TemporalConfig) {
  return {
    address: config.address,
    tls: config.tls ? await readTls(config.tlsFiles) : null,
    ...(config.apiKey === null ? {} : { apiKey: config.apiKey }),
  };
}

async function readTls(files: TemporalConfig['tlsFiles']): Promise<TLSConfig> {
  const { ca, cert, key } = files;
  const tls: TLSConfig = {};
  if (ca !== null) tls.serverRootCACertificate = await readFile(ca);
  if (cert !== null && key !== null) {
    tls.clientCertPair = { crt: await readFile(cert), key: await readFile(key) };
  }
  return tls;
}
