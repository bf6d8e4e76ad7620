import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import type { TLSConfig } from '@temporalio/client';

import type { TemporalConfig } from './config.ts';

/** How long a check of the connection may take. */
const CHECK_TIMEOUT_MS = 1_500;

/** gRPC waits up to two minutes after a long outage; desks wait for it to be over. */
const RECONNECT_EVERY_MS_MAX = 1_000;

const defaults = defaultGrpcRetryOptions();

/** Timers fire by their own clock, in whole milliseconds. */
const TIMER_SLACK_MS = 20;

export interface TemporalClient {
  client: Client;
  /** Resolves when the server answers. */
  check: () => Promise<unknown>;
  /** Calls that are still out fail; it takes up to 6 s when the server is away. */
  close(): Promise<void>;
}

/**
 * A client that connects with its first call, so that a process starts while Temporal is away and
 * finds it when it comes back.
 */
export async function createTemporalClient(config: TemporalConfig): Promise<TemporalClient> {
  const retries = new Retries();
  const connection = Connection.lazy({
    ...(await connectionOptions(config)),
    interceptors: [retries.interceptor],
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_EVERY_MS_MAX },
  });
  return {
    client: new Client({ connection, namespace: config.namespace }),
    check: () =>
      connection.withDeadline(Date.now() + CHECK_TIMEOUT_MS, () =>
        connection.workflowService.getSystemInfo({}),
      ),
    close: async () => {
      await retries.end();
      await connection.close();
    },
  };
}

/**
 * The SDK's own retries, which can be ended: one that is due after its connection was closed throws
 * where nobody catches it, and takes the process along. Calls that nobody waits for any more, as
 * those of `TemporalPresence` while the server is away, go on until their deadline.
 */
class Retries {
  #nextAt = 0;
  #isEnded = false;

  readonly interceptor = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) =>
      !this.#isEnded && defaults.retryableDecider(attempt, status),
    delayFunction: (attempt, status) => {
      const ms = defaults.delayFunction(attempt, status);
      this.#nextAt = Math.max(this.#nextAt, Date.now() + ms);
      return ms;
    },
  });

  /** Resolves when no call waits for its next attempt, and none will. */
  async end(): Promise<void> {
    this.#isEnded = true;
    const leftMs = this.#nextAt - Date.now();
    if (leftMs > 0) await sleep(leftMs + TIMER_SLACK_MS);
  }
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
