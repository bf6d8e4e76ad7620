import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { StartError } from '../../runtime/start-error.ts';

/** A port that is wanted, by the variable that changes it; 0 asks for any free one. */
export type WantedPorts<Name extends string> = Record<Name, number>;

/** Ports that other programs hold; each line names the variable to change. */
export class PortsTakenError extends StartError {
  override readonly name = 'PortsTakenError';

  constructor(taken: readonly (readonly [name: string, port: number, reason: string])[]) {
    const lines = taken.map(
      ([name, port, reason]) =>
        `  port ${port} ${reason}: set ${name} to another port, or to 0 for any free one.`,
    );
    super(`Postkeep cannot listen on every port that it needs:\n${lines.join('\n')}`);
  }
}

/**
 * Makes every wanted port a number that can be listened on: given ones are tried, zeros become
 * free ones. All are held at once while looking, so that no two get the same.
 * @throws PortsTakenError naming each variable whose port cannot be had
 */
export async function choosePorts<Name extends string>(
  host: string,
  wanted: WantedPorts<Name>,
): Promise<Record<Name, number>> {
  const chosen = { ...wanted };
  const taken: [string, number, string][] = [];
  const held: Server[] = [];
  const names = Object.keys(wanted).filter((name): name is Name => name in wanted);
  // The given ones first, or a free one that was found might be one of them.
  for (const name of names.sort((a, b) => wanted[b] - wanted[a])) {
    try {
      const server = await (wanted[name] === 0 ? listenOnFree(host) : listen(host, wanted[name]));
      held.push(server);
      const address = server.address();
      if (typeof address === 'object' && address !== null) chosen[name] = address.port;
    } catch (error) {
      taken.push([name, wanted[name], reasonOf(error)]);
    }
  }
  await Promise.all(held.map((server) => close(server)));
  if (taken.length > 0) throw new PortsTakenError(taken);
  return chosen;
}

/**
 * Outgoing connections get their ports from 32,768 on by default: one of them could take a free
 * port from there in the seconds until its program listens.
 */
const FREE_PORTS = { from: 10_240, until: 32_768 };
const FREE_PORT_TRIES = 50;

async function listenOnFree(host: string): Promise<Server> {
  for (let tries = 0; tries < FREE_PORT_TRIES; tries += 1) {
    try {
      return await listen(host, randomInt(FREE_PORTS.from, FREE_PORTS.until));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  return listen(host, 0);
}

function listen(host: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'is taken by another program';
  if (code === 'EACCES') return 'may not be listened on by this user';
  return `cannot be listened on (${error instanceof Error ? error.message : String(error)})`;
}
