import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import {
  BAD_PICTURE_EXIT_CODE,
  PHOTO_POINTS,
  THUMBNAIL_PIXELS_MAX,
  THUMBNAIL_POINTS,
} from '../file-limits.ts';

/**
 * The process that makes one small picture and ends: pictures are written by strangers, and what
 * reads them is no JavaScript. `thumbnail-child.ts FROM TO SHAPE`, where the shape is `whole` or
 * `square`, the middle of it; what is wrong goes to stderr.
 */
const [from = '', to = '', shape = 'whole'] = process.argv.slice(2);
let made: Buffer | undefined;
try {
  sharp.concurrency(1);
  const picture = sharp(from, {
    limitInputPixels: THUMBNAIL_PIXELS_MAX,
    failOn: 'error',
  }).autoOrient();
  const small =
    shape === 'square'
      ? picture.resize(PHOTO_POINTS, PHOTO_POINTS, { fit: 'cover' })
      : picture.resize(THUMBNAIL_POINTS, THUMBNAIL_POINTS, {
          fit: 'inside',
          withoutEnlargement: true,
        });
  made = await small.webp({ quality: 75 }).toBuffer();
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = BAD_PICTURE_EXIT_CODE;
}
// A disk that is full says nothing about the picture: that ends as any other fault does.
if (made) await writeFile(to, made);
