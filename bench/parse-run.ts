import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { inFolder } from '../mail/mime/stored-part.ts';
import { readMail } from '../mail/parse.ts';
import type { ParseRun } from './parse.ts';

/** One parser of the bench, in a process of its own: what it takes of memory is its alone. */
const [, , path = '', folder = '', mails = '0', warmUp = '0'] = process.argv;

const KB_PER_MB = 1_024;
const peakMb = (): number => process.resourceUsage().maxRSS / KB_PER_MB;

const idleMb = peakMb();
const timesMs: number[] = [];
for (let count = 0; count < Number(mails); count += 1) {
  const began = performance.now();
  await readMail(createReadStream(path), inFolder(folder));
  if (count >= Number(warmUp)) timesMs.push(performance.now() - began);
  // The files go to the blob store in real life; here they would fill the disk.
  await rm(folder, { recursive: true, force: true });
}
const run: ParseRun = { timesMs, idleMb, peakMb: peakMb() };
process.send?.(run);
process.disconnect?.();
