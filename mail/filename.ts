import { cleanLine } from './clean-text.ts';
import { FILENAME_CHARS_MAX } from './limits.ts';

/** What is read of a name: enough to find the ending of a long one. */
const NAME_READ_CHARS_MAX = 4_096;

/** The longest ending that is kept when a name is cut: `.tar.gz` has 7. */
const ENDING_CHARS_MAX = 12;

/**
 * A file name that is safe to show, to put into a header and to save: without folders, control and
 * direction-override characters and what Windows forbids. '' when nothing is left of it.
 */
export function cleanFilename(name: string): string {
  const line = cleanLine(name, NAME_READ_CHARS_MAX);
  const last = line.split(/[/\\]/).at(-1) ?? '';
  const safe = last
    .replace(/[<>:"|?*\u200b-\u200f\u2028\u2029\ufeff]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (safe.length <= FILENAME_CHARS_MAX) return safe;
  const dot = safe.lastIndexOf('.');
  const ending = dot > 0 && safe.length - dot <= ENDING_CHARS_MAX ? safe.slice(dot) : '';
  return `${cleanLine(safe, FILENAME_CHARS_MAX - ending.length)}${ending}`;
}
