import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';

import { EventStream } from './event-stream.ts';

/** The answer to a reader who asked and hung up before it began. */
async function answerToNobody(): Promise<ServerResponse> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answered = new Promise<ServerResponse>((resolve) =>
    server.on('request', (_request, response: ServerResponse) => {
      response.on('close', () => resolve(response));
      reader.destroy();
    }),
  );
  const reader = connect(port, '127.0.0.1', () => {
    reader.write('GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  });
  const response = await answered;
  server.close();
  return response;
}

test('a reader who hung up while being let in is known to be gone', async () => {
  const reader = { agent: 'bo', credential: 'hash' };
  const stream = new EventStream(reader, await answerToNobody(), {});
  let isGone = false;
  stream.onClose(() => {
    isGone = true;
  });
  await expect.poll(() => isGone).toBe(true);
});
