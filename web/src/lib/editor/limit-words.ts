import type { Speech } from '../i18n/speech.ts';
import type { FileSet } from './file-set.svelte.ts';

/** People read limits in whole megabytes; what is a little more than that passes too. */
const WHOLE = 1_000_000;

/** "Up to 10 MB a file, 26 MB a mail; 18.2 MB left" */
export function limitWords(
  { limits, bytesLeft }: Pick<FileSet, 'limits' | 'bytesLeft'>,
  { t, dates }: Speech,
): string {
  const whole = (bytes: number) =>
    dates
      .fileSize(bytes < WHOLE ? bytes : Math.floor(bytes / WHOLE) * WHOLE)
      .replace(/[.,]0 /, ' ');
  const said = t.editor.limits(whole(limits.attachmentBytesMax), whole(limits.mailBytesMax));
  if (bytesLeft === limits.mailBytesMax) return said;
  return `${said}; ${t.editor.left(dates.fileSize(bytesLeft))}`;
}
