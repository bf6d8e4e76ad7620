import type { SupportWords } from '../i18n/support/en.ts';
import type { ModuleFacts } from './desk.ts';

type Limits = ModuleFacts['limits'];

/** What is wrong with the files that were chosen; '' when nothing is. */
export function fileProblem(
  files: readonly { name: string; size: number }[],
  { filesMax, fileBytesMax, bytesMax }: Limits,
  { errors }: SupportWords,
): string {
  if (files.length > filesMax) return errors.tooMany(filesMax);
  const large = files.find(({ size }) => size > fileBytesMax);
  if (large) return errors.fileTooLarge(large.name, bytesInWords(fileBytesMax));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return bytes > bytesMax ? errors.tooLarge : '';
}

/** Said before anything is chosen. */
export function filesHint(
  { filesMax, fileBytesMax, bytesMax }: Limits,
  words: SupportWords,
): string {
  return words.filesHint(filesMax, bytesInWords(fileBytesMax), bytesInWords(bytesMax));
}

const KIB = 1024;

/** Whole mebibytes, as the limits are set; kibibytes below. */
function bytesInWords(bytes: number): string {
  const mebi = bytes / (KIB * KIB);
  return mebi >= 1 ? `${Math.floor(mebi)} MB` : `${Math.floor(bytes / KIB)} kB`;
}
