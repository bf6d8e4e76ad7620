import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { choosePorts, PortsTakenError } from './ports.ts';

const HOST = '127.0.0.1';
/** Where Linux begins as it comes; other systems begin later. */
const OUTGOING_FROM = 32_768;
const held: Server[] = [];
afterEach(() => held.splice(0).forEach((server) => server.close()));

/** A port that another program listens on. */
async function takenPort(): Promise<number> {
  const server = createServer();
  held.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return address.port;
}

test('zeros become free ports, no two the same', async () => {
  const chosen = await choosePorts(HOST, { PORT: 0, SMTP_PORT: 0, PG_PORT: 0 });
  const ports = Object.values(chosen);
  expect(new Set(ports).size).toBe(3);
  expect(Math.min(...ports)).toBeGreaterThan(0);
});

test('a free port is none that an outgoing connection gets meanwhile', async () => {
  const chosen = await choosePorts(HOST, { PORT: 0, SMTP_PORT: 0, PG_PORT: 0 });
  expect(Math.max(...Object.values(chosen))).toBeLessThan(OUTGOING_FROM);
});

test('a port that is given and free stays as it is', async () => {
  const { PORT } = await choosePorts(HOST, { PORT: 0 });
  expect(await choosePorts(HOST, { PORT })).toEqual({ PORT });
});

test('every port that is taken is named with its variable', async () => {
  const [one, two] = [await takenPort(), await takenPort()];
  const choosing = choosePorts(HOST, { PORT: one, SMTP_PORT: 0, PG_PORT: two });
  await expect(choosing).rejects.toThrow(PortsTakenError);
  await expect(choosing).rejects.toThrow(
    new RegExp(`port ${one} is taken by another program: set PORT to another port`),
  );
  await expect(choosing).rejects.toThrow(new RegExp(`port ${two} .* set PG_PORT`));
});

test('the same port given twice is taken the second time', async () => {
  const { PORT } = await choosePorts(HOST, { PORT: 0 });
  await expect(choosePorts(HOST, { PORT, SMTP_PORT: PORT })).rejects.toThrow(/SMTP_PORT/);
});
