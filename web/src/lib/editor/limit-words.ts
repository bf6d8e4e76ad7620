import type { Speech } from '../i18n/speech.ts';
import type { FileSet } from './file-set.svelte.ts';

/** "Up to 10 MB a file, 25 MB a mail; 18.2 MB left" */
export function limitWords(
  { limits, bytesLeft }: Pick<FileSet, 'limits' | 'bytesLeft'>,
  { t, dates }: Speech,
): string {
  const said = t.editor.limits(
    dates.fileSize(limits.attachmentBytesMax),
    dates.fileSize(limits.mailBytesMax),
  );
  if (bytesLeft === limits.mailBytesMax) return said;
  return `${said}; ${t.editor.left(dates.fileSize(bytesLeft))}`;
}
