import { EventEmitter, once } from 'node:events';
import Fastify from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { expect, test } from 'vitest';

import type { Api } from '../deps.ts';
import { addDraining } from './draining.ts';

test('a request under way gets its answer, and an endless one is cut off', async () => {
  const api: Api = Fastify({ forceCloseConnections: true }).withTypeProvider<TypeBoxTypeProvider>();
  addDraining(api);
  const gate = new EventEmitter();
  const reached = once(gate, 'reached');
  api.get('/slow', async () => {
    gate.emit('reached');
    await once(gate, 'released');
    return { done: true };
  });
  api.get('/endless', { config: { endless: true } }, async (_request, reply) => {
    void reply.hijack();
    reply.raw.writeHead(200).write('still here');
  });
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  const endless = await fetch(`${address}/endless`);
  const slow = fetch(`${address}/slow`);
  await reached;
  const closed = api.close();
  gate.emit('released');
  expect(await (await slow).json()).toEqual({ done: true });
  await closed;
  await expect(endless.text()).rejects.toThrow();
});
