import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClamdServer, EICAR, SIGNATURE, startClamdServer } from '../testing/clamd-server.ts';
import {
  ScanFailedError,
  ScanTooLargeError,
  ScannerAwayError,
  createClamdScanner,
} from './clamd.ts';

let clamd: ClamdServer;
beforeEach(async () => {
  clamd = await startClamdServer();
});
afterEach(() => clamd.stop());

async function* inPieces(text: string, pieces = 1): AsyncGenerator<Buffer> {
  for (let n = 0; n < pieces; n += 1) yield Buffer.from(text);
}
const scan = (text: string, pieces = 1) =>
  createClamdScanner(clamd.address).scan(inPieces(text, pieces));

describe('asking clamd about a file', () => {
  test('says what was found, and that nothing was', async () => {
    expect(await scan('harmless')).toBeNull();
    expect(await scan(`see: ${EICAR}`)).toBe(SIGNATURE);
    expect(await scan('')).toBeNull();
  });

  test('goes over a Unix socket too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'postkeep-clamd-'));
    const local = await startClamdServer(join(folder, 'clamd.sock'));
    expect(await createClamdScanner(local.address).scan(inPieces(EICAR))).toBe(SIGNATURE);
    await local.stop();
    await rm(folder, { recursive: true });
  });

  test('streams the file, and sends all of it', async () => {
    expect(await scan('a'.repeat(64 * 1024), 100)).toBeNull();
    expect(clamd.scanned).toEqual([100 * 64 * 1024]);
  });

  test('tells a scanner that is away from one that fails over a file', async () => {
    clamd.trouble = 'hangs-up';
    await expect(scan('x')).rejects.toThrow(ScanFailedError);
    clamd.trouble = 'odd';
    await expect(scan('x')).rejects.toThrow(/answered "COMMAND READ TIMED OUT"/);
    await clamd.stop();
    await expect(scan('x')).rejects.toThrow(ScannerAwayError);
    await expect(createClamdScanner('/nowhere/clamd.sock').scan(inPieces('x'))).rejects.toThrow(
      ScannerAwayError,
    );
    clamd = await startClamdServer();
  });

  test('stops at what the scanner takes, and says so', async () => {
    clamd.bytesMax = 100_000;
    await expect(scan('a'.repeat(64 * 1024), 500)).rejects.toThrow(ScanTooLargeError);
  });

  test('leaves no file open, however a scan ends', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'postkeep-clamd-'));
    const path = join(folder, 'file');
    await writeFile(path, 'a'.repeat(1_000_000));
    const streams: Readable[] = [];
    const scanFile = (address = clamd.address) => {
      const stream = createReadStream(path);
      streams.push(stream);
      return createClamdScanner(address)
        .scan(stream)
        .catch((error: unknown) => error);
    };
    for (const trouble of ['hangs-up', 'odd', null] as const) {
      clamd.trouble = trouble;
      for (let n = 0; n < 5; n += 1) await scanFile();
    }
    clamd.bytesMax = 100_000;
    for (let n = 0; n < 10; n += 1) await scanFile();
    for (let n = 0; n < 5; n += 1) await scanFile('/nowhere/clamd.sock');
    await Promise.all(streams.map(closed));
    expect(streams).toHaveLength(30);
    await rm(folder, { recursive: true });
  });
});

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', resolve);
  });
}
