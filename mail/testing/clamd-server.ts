import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';

/** The file that every scanner finds, in two pieces, or scanners would find this one. */
export const EICAR = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-',
  'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
].join('');
export const SIGNATURE = 'Win.Test.EICAR_HDB-1';

export interface ClamdServer {
  address: string;
  /** Bytes of each file that it was given whole. */
  scanned: number[];
  /** `hangs-up` does so in the middle of files; `odd` gives an answer that is none. */
  trouble: 'hangs-up' | 'odd' | null;
  /** StreamMaxLength. */
  bytesMax: number;
  stop(): Promise<void>;
}

/** Speaks INSTREAM as clamd does, and finds one thing, wherever it stands. */
export async function startClamdServer(path?: string): Promise<ClamdServer> {
  const sockets = new Set<Socket>();
  const state: Pick<ClamdServer, 'scanned' | 'trouble' | 'bytesMax'> = {
    scanned: [],
    trouble: null,
    bytesMax: Infinity,
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    converse(socket, state);
  });
  if (path === undefined) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  const address = server.address();
  const port = (given: AddressInfo | string | null) =>
    typeof given === 'object' ? given?.port : undefined;
  return Object.assign(state, {
    address: path ?? `127.0.0.1:${port(address)}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

const COMMAND = 'zINSTREAM\0';

function converse(
  socket: Socket,
  state: Pick<ClamdServer, 'scanned' | 'trouble' | 'bytesMax'>,
): void {
  let waiting = Buffer.alloc(0);
  let content = Buffer.alloc(0);
  let isStream = false;
  const say = (answer: string) => void socket.end(`${answer}\0`);
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    if (!isStream) {
      if (waiting.length < COMMAND.length) return;
      if (waiting.toString('latin1', 0, COMMAND.length) !== COMMAND) return say('UNKNOWN COMMAND');
      isStream = true;
      waiting = waiting.subarray(COMMAND.length);
    }
    while (waiting.length >= 4) {
      const length = waiting.readUInt32BE();
      if (state.trouble === 'hangs-up') return void socket.destroy();
      if (length === 0) {
        state.scanned.push(content.length);
        if (state.trouble === 'odd') return say('COMMAND READ TIMED OUT');
        return say(content.includes(EICAR) ? `stream: ${SIGNATURE} FOUND` : 'stream: OK');
      }
      if (content.length + length > state.bytesMax) {
        return say('INSTREAM size limit exceeded. ERROR');
      }
      if (waiting.length < 4 + length) return;
      content = Buffer.concat([content, waiting.subarray(4, 4 + length)]);
      waiting = waiting.subarray(4 + length);
    }
  });
}
