import { EventEmitter, once } from 'node:events';
import Fastify from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { expect, test } from 'vitest';

import type { Api } from '../deps.ts';
import { addDraining } from './draining.ts';

/** Far below the longest wait for an answer. */
const CLOSE_MS_MAX = 5_000;

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

test('nobody waits for the answer to a client that has left', async () => {
  const api: Api = Fastify({ forceCloseConnections: true }).withTypeProvider<TypeBoxTypeProvider>();
  addDraining(api);
  const gate = new EventEmitter();
  const reached = once(gate, 'reached');
  const released = once(gate, 'released');
  const left = once(gate, 'left');
  api.post('/slow', async (_request, reply) => {
    reply.raw.once('close', () => gate.emit('left'));
    gate.emit('reached');
    await released;
    return { done: true };
  });
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  const client = new AbortController();
  // With a body: once that is read, its end looks to Node like the end of the request.
  const slow = fetch(`${address}/slow`, { method: 'POST', body: 'all', signal: client.signal });
  await reached;
  client.abort();
  await expect(slow).rejects.toThrow();
  await left;
  gate.emit('released');
  const startedMs = Date.now();
  await api.close();
  expect(Date.now() - startedMs).toBeLessThan(CLOSE_MS_MAX);
});
