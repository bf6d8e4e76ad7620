import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createLargeMails } from '../inbound/large-mails.ts';
import { BAD_PICTURE_EXIT_CODE, THUMBNAILS_AT_ONCE, THUMBNAIL_MS_MAX } from '../file-limits.ts';

/** The picture is of no use for this, and will not be another time: the reason, in words. */
export class NoThumbnailError extends Error {
  override name = 'NoThumbnailError';
}

/** Nothing is known of the picture: its maker could not begin, or was stopped. */
export class ThumbnailMakerError extends Error {
  override name = 'ThumbnailMakerError';
}

/** Pictures that may be made small. SVG is a program, and never one of them. */
const PICTURES = /^image\/(png|jpeg|gif|webp|avif)$/;

export function canHaveThumbnail(contentType: string): boolean {
  return PICTURES.test(contentType);
}

const PROGRAM = fileURLToPath(new URL('./thumbnail-child.ts', import.meta.url));
const places = createLargeMails(THUMBNAILS_AT_ONCE);

/** The environment holds passwords, and what reads strangers' pictures needs none. */
const NOTHING = {};
const ERROR_CHARS_MAX = 200;

interface MakingOptions {
  msMax?: number;
  /** `square`: the middle of the picture, for faces. */
  shape?: 'whole' | 'square';
}

/**
 * Makes a small WebP of the picture in a file, in a process of its own with limits of points and
 * time: one that is too large unpacked is refused before it is.
 * @throws NoThumbnailError when the picture is too large or broken, and will be another time
 * @throws ThumbnailMakerError when it took too long, or memory or processes ran out
 */
export async function makeThumbnail(
  from: string,
  to: string,
  { msMax = THUMBNAIL_MS_MAX, shape = 'whole' }: MakingOptions = {},
): Promise<void> {
  await places.enter();
  try {
    await new Promise<void>((resolve, reject) => {
      const limits = { timeout: msMax, killSignal: 'SIGKILL', env: NOTHING } as const;
      execFile(process.execPath, [PROGRAM, from, to, shape], limits, (error, _out, said) => {
        if (!error) return resolve();
        // Only the child's own word is about the picture; all else is about this moment.
        const isItsWord = error.code === BAD_PICTURE_EXIT_CODE && said !== '';
        if (isItsWord) return reject(new NoThumbnailError(said.slice(0, ERROR_CHARS_MAX)));
        const end = `its maker ended with ${error.signal ?? error.code}`;
        const why = error.killed ? `it took more than ${msMax} ms` : end;
        reject(new ThumbnailMakerError(`no small picture was made: ${why}`));
      });
    });
  } finally {
    places.leave();
  }
}
