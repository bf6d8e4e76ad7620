import { readFile } from 'node:fs/promises';
import { firstValue, readHeaderBlock } from '../header-block.ts';
import { PARSE_HERE_BYTES_MAX } from '../limits.ts';
import { inFolder } from '../mime/stored-part.ts';
import { inPieces, readMail } from '../parse.ts';
import { parseApart } from './parse-pool.ts';
import type { ParseTask, Spooled } from './parse-task.ts';

/**
 * Parses a stored mail of `bytes`. What takes unbounded time or memory is structure, HTML and size:
 * a small mail of plain text has none of them and is parsed here, at a third of the cost of handing
 * it to another process. Every other mail goes to the parsers, and fails as they do.
 */
export async function parseStored(
  task: ParseTask & { bytes: number },
  parseElsewhere: (task: ParseTask) => Promise<Spooled> = parseApart,
): Promise<Spooled> {
  if (task.bytes <= PARSE_HERE_BYTES_MAX) {
    const raw = await readFile(task.path);
    if (isPlain(raw)) return readMail(inPieces(raw), inFolder(task.folder));
  }
  return parseElsewhere(task);
}

/** One part of text, as RFC 2045 (5.2) has it where nothing else is said. */
function isPlain(raw: Buffer): boolean {
  const { fields } = readHeaderBlock(raw);
  const type = firstValue(fields, 'content-type').trim();
  return type === '' || /^text\/plain\s*(;|$)/i.test(type);
}
