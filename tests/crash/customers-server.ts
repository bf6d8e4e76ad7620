import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { readHeaders } from '../../mail/headers.ts';
import type { Random } from './random.ts';

/**
 * Customers whose mailboxes are slow at one point until they are released: their server does not
 * answer the recipient (nothing handed over yet), or has the mail and keeps its 250 to itself.
 */
export const SLOW_TO_LISTEN = 'slow-to-listen';
export const SLOW_TO_CONFIRM = 'slow-to-confirm';

export interface CustomersServer {
  url: string;
  /** How often the content of the mail with this Message-ID was handed over. */
  copies(messageId: string): number;
  /** Whether a delivery to this slow customer is kept waiting. */
  isWaiting(address: string): boolean;
  /** From now on this customer is as fast as any other. */
  release(address: string): void;
  stop(): Promise<void>;
}

/** Between two answers, so that a kill finds deliveries at every step. */
const ANSWER_MS_MAX = 150;

/** The server of all customers: outlives every crash, and counts what reached it. */
export async function startCustomersServer(random: Random): Promise<CustomersServer> {
  const copies = new Map<string, number>();
  const gates = new Map<string, Gate>();
  const gateOf = (address: string): Gate => {
    const gate = gates.get(address) ?? newGate();
    gates.set(address, gate);
    return gate;
  };
  const pass = async (address: string, slow: string) => {
    await sleep(random.between(0, ANSWER_MS_MAX));
    if (!address.startsWith(slow)) return;
    const gate = gateOf(address);
    gate.reached = true;
    await gate.passed;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, callback) => {
      void pass(address, SLOW_TO_LISTEN).then(() => callback());
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const id = readHeaders(Buffer.concat(chunks)).messageId ?? '';
        copies.set(id, (copies.get(id) ?? 0) + 1);
        const address = session.envelope.rcptTo[0]?.address ?? '';
        void pass(address, SLOW_TO_CONFIRM).then(() => callback());
      });
    },
  });
  // Senders die in the middle of a word here.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    copies: (id) => copies.get(id) ?? 0,
    isWaiting: (address) => gateOf(address).reached,
    release: (address) => gateOf(address).open(),
    stop: async () => {
      for (const gate of gates.values()) gate.open();
      for (const connection of server.connections) connection.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

interface Gate {
  reached: boolean;
  passed: Promise<void>;
  open: () => void;
}

function newGate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { reached: false, passed, open };
}
