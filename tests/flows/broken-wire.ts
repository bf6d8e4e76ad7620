import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A way to a server that can be cut: connections break, and new ones are refused, until mended. */
export interface BreakableWire {
  /** The server's address by this way. */
  url: string;
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

export async function startBreakableWire(serverUrl: string): Promise<BreakableWire> {
  const target = new URL(serverUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.resetAndDestroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  const near = new URL(serverUrl);
  near.hostname = '127.0.0.1';
  near.port = String(address.port);
  const breakAll = () => open.forEach((socket) => socket.resetAndDestroy());
  return {
    url: near.href,
    cut: () => {
      isCut = true;
      breakAll();
    },
    mend: () => void (isCut = false),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}
