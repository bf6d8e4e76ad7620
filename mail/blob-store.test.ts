import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlobMissingError, createBlobStore } from './blob-store.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postkeep-blobs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

describe('the blob store', () => {
  it('gives back what was put, under the SHA-256 of the content', async () => {
    const blobs = createBlobStore(folder);
    expect(await blobs.put(Buffer.from('hello'))).toEqual({ hash: HELLO, size: 5 });
    expect((await blobs.get(HELLO)).toString()).toBe('hello');
    expect(await blobs.has(HELLO)).toBe(true);
    expect((await blobs.stream(HELLO).toArray()).join('')).toBe('hello');
  });

  it('keeps the same bytes once, also when put many times at once', async () => {
    const blobs = createBlobStore(folder);
    await Promise.all(Array.from({ length: 40 }, () => blobs.put(Buffer.from('hello'))));
    await createBlobStore(folder).put(Buffer.from('hello'));
    expect(await readdir(join(folder, '2c'))).toEqual([HELLO.slice(2)]);
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  });

  it('stores many different blobs at once', async () => {
    const blobs = createBlobStore(folder);
    const put = await Promise.all(
      Array.from({ length: 500 }, (_, n) => blobs.put(Buffer.from(`mail ${n}`))),
    );
    for (const [n, { hash }] of put.entries()) {
      expect((await blobs.get(hash)).toString()).toBe(`mail ${n}`);
    }
  });

  it('writes a blob again whose file has another size', async () => {
    await mkdir(join(folder, '2c'));
    await writeFile(join(folder, '2c', HELLO.slice(2)), 'hel');
    const blobs = createBlobStore(folder);
    await blobs.put(Buffer.from('hello'));
    expect((await blobs.get(HELLO)).toString()).toBe('hello');
  });

  it('adopts files of a scratch folder, once for each content', async () => {
    const blobs = createBlobStore(folder);
    const scratch = await blobs.scratchFolder();
    await mkdir(scratch);
    for (const name of ['a', 'b']) {
      const path = join(scratch, name);
      await writeFile(path, 'hello');
      await blobs.adopt({ path, hash: HELLO, size: 5 });
    }
    expect(await readFile(await blobs.fileOf(HELLO, scratch), 'utf8')).toBe('hello');
    expect((await blobs.get(HELLO)).toString()).toBe('hello');
    expect(await readdir(scratch)).toEqual([]);
  });

  it('says which blob is missing', async () => {
    const blobs = createBlobStore(folder);
    await expect(blobs.get(HELLO)).rejects.toThrow(BlobMissingError);
    await expect(blobs.stream(HELLO).toArray()).rejects.toThrow(BlobMissingError);
    await expect(blobs.fileOf(HELLO, folder)).rejects.toThrow(BlobMissingError);
    expect(await blobs.has(HELLO)).toBe(false);
  });

  it('never leaves its folder for a strange hash', async () => {
    const blobs = createBlobStore(folder);
    await expect(blobs.get('../../etc/passwd')).rejects.toThrow(BlobMissingError);
    expect(await blobs.has('../../etc/passwd')).toBe(false);
  });

  it('removes what a dead process left a day ago and nothing younger', async () => {
    const incoming = join(folder, 'incoming');
    await mkdir(incoming);
    await writeFile(join(incoming, 'old'), 'x');
    await writeFile(join(incoming, 'young'), 'x');
    await mkdir(join(incoming, 'scratch-old'));
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
    await utimes(join(incoming, 'old'), twoDaysAgo, twoDaysAgo);
    await utimes(join(incoming, 'scratch-old'), twoDaysAgo, twoDaysAgo);
    await createBlobStore(folder).put(Buffer.from('hello'));
    expect(await readdir(incoming)).toEqual(['young']);
  });
});
