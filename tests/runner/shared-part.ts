import { once } from 'node:events';
import { createServer } from 'node:http';

/** Something that files share, which starts while other files run already. */
export interface SharedPart {
  /** Where test files ask for it, by `askFor`. */
  door: string;
  stop(): Promise<void>;
}

/** Begins to start it, and does not wait: Vitest's global setups come one after the other. */
export async function share<T extends object>(
  start: () => Promise<{ told: T; stop: () => Promise<unknown> }>,
): Promise<SharedPart> {
  const starting = start();
  // Told to each file that asks, and once more when it ends.
  starting.catch(() => undefined);
  const server = createServer((_, response) => {
    starting.then(
      ({ told }) => response.end(JSON.stringify(told)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the door has no port');
  return {
    door: `http://127.0.0.1:${address.port}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await (await starting).stop();
    },
  };
}

/** What the part tells of itself, once it has started. @throws with the reason why it did not */
export async function askFor<T extends object>(door: string): Promise<T> {
  const answer = await fetch(door);
  if (!answer.ok) throw new Error(await answer.text());
  const told: T = JSON.parse(await answer.text());
  return told;
}
