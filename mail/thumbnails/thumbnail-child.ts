import sharp from 'sharp';
import { BAD_PICTURE_EXIT_CODE, THUMBNAIL_PIXELS_MAX, THUMBNAIL_POINTS } from '../file-limits.ts';

/**
 * The process that makes one small picture and ends: pictures are written by strangers, and what
 * reads them is no JavaScript. `thumbnail-child.ts FROM TO`; what is wrong goes to stderr.
 */
const [from = '', to = ''] = process.argv.slice(2);
try {
  sharp.concurrency(1);
  await sharp(from, { limitInputPixels: THUMBNAIL_PIXELS_MAX, failOn: 'error' })
    .autoOrient()
    .resize(THUMBNAIL_POINTS, THUMBNAIL_POINTS, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toFile(to);
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = BAD_PICTURE_EXIT_CODE;
}
