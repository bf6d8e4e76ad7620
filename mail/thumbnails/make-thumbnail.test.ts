import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  NoThumbnailError,
  ThumbnailMakerError,
  canHaveThumbnail,
  makeThumbnail,
} from './make-thumbnail.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postkeep-thumbnails-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function thumbnailOf(picture: Buffer, shape?: 'square'): Promise<Buffer> {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await writeFile(from, picture);
  await makeThumbnail(from, to, shape && { shape });
  return readFile(to);
}

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } });

/** A PNG that says it is 30,000 points wide and high, and is a few kilobytes. */
function bomb(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(30_000);
  head.writeUInt32BE(30_000, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(30_000 * 3 * 20));
  const begin = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    begin,
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.of()),
  ]);
}

test('a picture is made small, as WebP, and a small one is not made large', async () => {
  const large = await thumbnailOf(await plain(2_000, 1_000).jpeg().toBuffer());
  expect(await sharp(large).metadata()).toMatchObject({ format: 'webp', width: 320, height: 160 });
  const small = await thumbnailOf(await plain(20, 10).png().toBuffer());
  expect(await sharp(small).metadata()).toMatchObject({ width: 20, height: 10 });
});

test('the square of a picture is its middle, always of one size', async () => {
  const square = await thumbnailOf(await plain(400, 100).jpeg().toBuffer(), 'square');
  expect(await sharp(square).metadata()).toMatchObject({ width: 160, height: 160 });
});

test('a picture that is huge once unpacked is refused, and so is a broken one', async () => {
  await expect(thumbnailOf(bomb())).rejects.toThrow(/exceeds pixel limit/);
  await expect(thumbnailOf(Buffer.from('no picture'))).rejects.toThrow(NoThumbnailError);
});

test('a maker that is stopped says nothing about the picture', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await writeFile(from, await plain(20, 10).png().toBuffer());
  await expect(makeThumbnail(from, to, { msMax: 1 })).rejects.toThrow(ThumbnailMakerError);
  await makeThumbnail(from, to);
});

test('a place that cannot be written to says nothing about the picture', async () => {
  const [from, to] = [join(folder, 'from'), join(folder, 'nowhere', 'to')];
  await writeFile(from, await plain(20, 10).png().toBuffer());
  await expect(makeThumbnail(from, to)).rejects.toThrow(ThumbnailMakerError);
});

test('only kinds of pictures that are read safely are made small', () => {
  const kinds = ['image/png', 'image/jpeg', 'image/svg+xml', 'application/pdf'];
  expect(kinds.map(canHaveThumbnail)).toEqual([true, true, false, false]);
});
