import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BlobMissingError, type BlobStore, BlobsAwayError } from '../blob-store.ts';
import { S3_KEYS, type S3Server, startS3Server } from '../testing/s3-server.ts';
import { createS3BlobStore } from './s3-blob-store.ts';

let server: S3Server;
let folder = '';
let blobs: BlobStore;
beforeEach(async () => {
  server = await startS3Server();
  folder = await mkdtemp(join(tmpdir(), 'postkeep-s3-'));
  blobs = storeWith(S3_KEYS.secretAccessKey);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function storeWith(secretAccessKey: string): BlobStore {
  return createS3BlobStore(
    {
      bucket: 'kept-files',
      prefix: 'desk/',
      region: 'eu-test-1',
      endpoint: server.url,
      pathStyle: true,
      credentials: { accessKeyId: S3_KEYS.accessKeyId, secretAccessKey, sessionToken: null },
    },
    folder,
  );
}

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

async function scratchFile(content: Buffer | string): Promise<string> {
  const scratch = await blobs.scratchFolder();
  await mkdir(scratch, { recursive: true });
  const path = join(scratch, 'a');
  await writeFile(path, content);
  return path;
}

describe('blobs in a bucket', () => {
  test('are objects named for their SHA-256, written with a signature', async () => {
    expect(await blobs.put(Buffer.from('hello'))).toEqual({ hash: HELLO, size: 5 });
    expect([...server.objects]).toEqual([[`desk/${HELLO}`, Buffer.from('hello')]]);
    expect((await blobs.get(HELLO)).toString()).toBe('hello');
    expect(await blobs.has(HELLO)).toBe(true);
    expect((await blobs.stream(HELLO, { start: 1, end: 3 }).toArray()).join('')).toBe('ell');
  });

  test('are taken from files, and the same content is sent once', async () => {
    for (let time = 0; time < 2; time += 1) {
      const path = await scratchFile('hello');
      await blobs.adopt({ path, hash: HELLO, size: 5 });
      await expect(readFile(path)).rejects.toThrow(/ENOENT/);
    }
    expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
    expect((await blobs.get(HELLO)).toString()).toBe('hello');
  });

  test('are files for the parser, in the folder that the caller removes', async () => {
    await blobs.put(Buffer.from('hello'));
    const scratch = await blobs.scratchFolder();
    const path = await blobs.fileOf(HELLO, scratch);
    expect(path.startsWith(`${scratch}/`)).toBe(true);
    expect(await readFile(path, 'utf8')).toBe('hello');
    await rm(scratch, { recursive: true });
    // Nothing else is kept on this machine, so that no disk fills up.
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  });

  test('that are not there are missing, and the bucket is not away', async () => {
    expect(await blobs.has(HELLO)).toBe(false);
    await expect(blobs.get(HELLO)).rejects.toThrow(BlobMissingError);
    await expect(blobs.get('../../etc/passwd')).rejects.toThrow(BlobMissingError);
    expect(await blobs.has('../../etc/passwd')).toBe(false);
    await expect(blobs.fileOf(HELLO, await blobs.scratchFolder())).rejects.toThrow(
      BlobMissingError,
    );
  });
});

describe('a bucket that is in trouble', () => {
  test('that refuses, hangs up or is gone is away, and takes files again afterwards', async () => {
    for (const trouble of ['overloaded', 'hangs-up'] as const) {
      server.trouble = trouble;
      await expect(blobs.put(Buffer.from('hello'))).rejects.toThrow(BlobsAwayError);
      await expect(blobs.has(HELLO)).rejects.toThrow(BlobsAwayError);
      await expect(blobs.get(HELLO)).rejects.toThrow(BlobsAwayError);
      const path = await scratchFile('hello');
      await expect(blobs.adopt({ path, hash: HELLO, size: 5 })).rejects.toThrow(BlobsAwayError);
      // It is tried again later, so the file stays.
      expect(await readFile(path, 'utf8')).toBe('hello');
    }
    server.trouble = null;
    await blobs.put(Buffer.from('hello'));
    expect((await blobs.get(HELLO)).toString()).toBe('hello');
    await server.stop();
    await expect(blobs.has(HELLO)).rejects.toThrow(BlobsAwayError);
    server = await startS3Server();
  });

  test('never gives half an object for a whole one', async () => {
    await blobs.put(Buffer.alloc(300_000, 'a'));
    const hash = [...server.objects.keys()][0]?.slice('desk/'.length) ?? '';
    server.trouble = 'breaks-off';
    await expect(blobs.get(hash)).rejects.toThrow(BlobsAwayError);
    await expect(blobs.fileOf(hash, await blobs.scratchFolder())).rejects.toThrow(BlobsAwayError);
  });

  test('that does not know our key says so', async () => {
    const wrong = storeWith('another key');
    await expect(wrong.put(Buffer.from('hello'))).rejects.toThrow(/SignatureDoesNotMatch/);
    expect(server.objects.size).toBe(0);
  });
});
