import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A wire to a server that can be cut and mended, as if the server were away. */
export interface Wire {
  port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Passes every byte on to `host:port`, from a port of its own on loopback. */
export async function layWire(target: { host: string; port: number }): Promise<Wire> {
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(target.port, target.host);
    for (const socket of [from, to]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to).pipe(from);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  const { port } = address;
  return {
    port,
    cut: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      open.forEach((socket) => socket.destroy());
      await closed;
    },
    mend: () => listen(port),
  };
}
