import type { Knex } from 'knex';
import pg from 'pg';

/** Lends a connection of the pool; of a transaction of knex, the one that it holds. */
export async function withConnection<T>(
  knex: Knex,
  work: (connection: pg.Client) => Promise<T>,
): Promise<T> {
  const client: unknown = knex.client;
  if (!hasConnections(client)) throw new Error('knex was made without a pool of connections');
  const connection = await client.acquireConnection();
  try {
    if (connection instanceof pg.Client) return await work(connection);
    throw new Error('the pool of connections holds something else than connections of pg');
  } finally {
    await client.releaseConnection(connection);
  }
}

interface Connections {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
}

function hasConnections(client: unknown): client is Connections {
  return typeof client === 'object' && client !== null && 'acquireConnection' in client;
}
