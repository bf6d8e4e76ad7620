import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { createTemporalClient } from './temporal-client.ts';

const REFUSED_WITHIN_MS = 300;

/** A port that nobody listens at. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

test('a call that waits for its next attempt fails when the client is closed', async () => {
  const temporal = await createTemporalClient({
    address: `127.0.0.1:${await closedPort()}`,
    namespace: 'default',
    tls: false,
    tlsFiles: { ca: null, cert: null, key: null },
    apiKey: null,
  });
  const asked = temporal.client.withDeadline(Date.now() + 60_000, () =>
    temporal.client.workflowService.getSystemInfo({}),
  );
  const failed = expect(asked).rejects.toMatchObject({ code: expect.any(Number) });
  // Refused at once; its next attempt is due by a timer, which must not find the connection closed.
  await sleep(REFUSED_WITHIN_MS);
  await temporal.close();
  await failed;
});
