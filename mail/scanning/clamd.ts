import { type Socket, connect } from 'node:net';
import { Readable } from 'node:stream';
import { SCAN_CONNECT_MS, SCAN_IDLE_MS, SCAN_MS_MAX } from '../file-limits.ts';

/** Says what is in a file; never takes longer than `SCAN_MS_MAX`. */
export interface Scanner {
  /**
   * The name of what was found; null when nothing was. A stream is read, or else destroyed: none
   * stays open behind this.
   * @throws ScannerAwayError when it cannot be reached: everything has to wait
   * @throws ScanFailedError when it took the file and gave no answer: something may be odd with it
   * @throws ScanTooLargeError when it takes no files of this size
   */
  scan(content: AsyncIterable<Uint8Array>): Promise<string | null>;
}

export class ScannerAwayError extends Error {
  override name = 'ScannerAwayError';
}

export class ScanFailedError extends Error {
  override name = 'ScanFailedError';
}

export class ScanTooLargeError extends Error {
  override name = 'ScanTooLargeError';
}

/** The scanner of the settings; null for none. */
export function scannerOf(address: string | null): Scanner | null {
  return address === null ? null : createClamdScanner(address);
}

/** An answer has the name of a signature, and is short. */
const ANSWER_CHARS_MAX = 1_000;

/**
 * Asks clamd by its INSTREAM command (clamd(8)): the content goes in pieces with their length
 * before them, an empty one ends it, and one line with a zero byte at its end comes back.
 *
 * @param address `HOST:PORT`, or the path of a Unix socket
 */
export function createClamdScanner(address: string): Scanner {
  return {
    async scan(content) {
      const socket = await open(address).catch((error: unknown) => {
        letGo(content);
        throw error;
      });
      const answered = answerOf(socket);
      // Rejections are looked at below; until then they are no accident.
      answered.catch(() => undefined);
      const timer = setTimeout(() => socket.destroy(), SCAN_MS_MAX);
      try {
        // It answers in the middle when it has had enough, and reads no more then.
        await Promise.race([answered, sendAll(socket, content)]);
        return verdictOf(await answered, address);
      } catch (error) {
        if (error instanceof ScanFailedError || error instanceof ScanTooLargeError) throw error;
        const why = error instanceof Error ? error.message : String(error);
        throw new ScanFailedError(`the virus scanner at ${address} gave no answer (${why})`);
      } finally {
        clearTimeout(timer);
        socket.destroy();
        letGo(content);
      }
    },
  };
}

/** A file's stream holds its file open from the start, also when nobody reads it. */
function letGo(content: AsyncIterable<Uint8Array>): void {
  if (!(content instanceof Readable)) return;
  // Nobody reads it any more; that it could not be opened is nobody's matter then.
  content.on('error', () => undefined);
  content.destroy();
}

function open(address: string): Promise<Socket> {
  const [, host, port] = /^(?:\[([^\]]+)\]|[^/]+):(\d+)$/.exec(address) ?? [];
  const name = host ?? address.replace(/:\d+$/, '');
  return new Promise((resolve, reject) => {
    const socket = port === undefined ? connect(address) : connect(Number(port), name);
    const away = (why: string) => {
      socket.destroy();
      reject(new ScannerAwayError(`the virus scanner at ${address} does not answer (${why})`));
    };
    const timer = setTimeout(() => away('it is silent'), SCAN_CONNECT_MS);
    socket.once('error', (error) => {
      clearTimeout(timer);
      away(error.message);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      socket.setTimeout(SCAN_IDLE_MS, () => socket.destroy(new Error('it fell silent')));
      resolve(socket);
    });
  });
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('it hung up')));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > ANSWER_CHARS_MAX) reject(new Error('its answer has no end'));
    });
  });
}

async function sendAll(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const piece of content) {
    if (socket.destroyed) return;
    if (piece.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    if (!socket.write(piece)) await drained(socket);
  }
  if (socket.destroyed) return;
  socket.write(Buffer.alloc(4));
}

/** Also resolves when it is clear that nothing more will be read. */
function drained(socket: Socket): Promise<void> {
  // Whatever it waits for is over then.
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'data']) socket.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'data']) socket.once(event, done);
  });
}

function verdictOf(answer: string, address: string): string | null {
  if (/^stream: OK$/.test(answer)) return null;
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found !== undefined) return found;
  if (/size limit exceeded/i.test(answer)) {
    const words = 'it is larger than the virus scanner takes (StreamMaxLength in clamd.conf)';
    throw new ScanTooLargeError(words);
  }
  throw new ScanFailedError(`the virus scanner at ${address} answered "${answer}"`);
}
