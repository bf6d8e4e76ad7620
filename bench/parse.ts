import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantile } from './measure.ts';

/** Name, bytes of the whole mail, and how many of them are parsed. */
const SIZES = [
  { name: '10KB', bytes: 10 * 1024, mails: 1_000 },
  { name: '1MB', bytes: 1024 * 1024, mails: 100 },
  { name: '25MB', bytes: 25 * 1024 * 1024, mails: 12 },
];
const WARM_UP = 3;

/** What a parsing process says to the bench. */
export interface ParseRun {
  timesMs: number[];
  /** Peak of the resident memory, of the process with its code loaded and with the mails parsed. */
  idleMb: number;
  peakMb: number;
}

export interface ParseBench {
  [figure: string]: number;
}

/** Mails a second and peak memory of one parser, in a fresh process for each size of mail. */
export async function benchParse(): Promise<ParseBench> {
  const folder = mkdtempSync(join(tmpdir(), 'postkeep-bench-parse-'));
  const figures: ParseBench = {};
  try {
    for (const { name, bytes, mails } of SIZES) {
      const path = join(folder, `${name}.eml`);
      await writeMail(path, bytes);
      const { timesMs, idleMb, peakMb } = await parseApart(path, join(folder, name), mails);
      const total = timesMs.reduce((sum, time) => sum + time, 0);
      figures[`mailsPerSecond${name}`] = (1_000 * timesMs.length) / total;
      figures[`p50Ms${name}`] = quantile(timesMs, 0.5);
      figures[`peakMb${name}`] = peakMb;
      figures[`grownMb${name}`] = peakMb - idleMb;
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function parseApart(path: string, folder: string, mails: number): Promise<ParseRun> {
  const program = fileURLToPath(new URL('./parse-run.ts', import.meta.url));
  const child = fork(program, [path, folder, String(mails + WARM_UP), String(WARM_UP)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [said]: ParseRun[] = await once(child, 'message');
  if (!said) throw new Error('The parsing process said nothing.');
  return said;
}

const LINE =
  'The shade of the lamp arrived with a crack along its lower edge, see the picture.\r\n';

/** A question in text and HTML; what is beyond 8 KB is one picture in base64. */
async function writeMail(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  const head = [
    'From: Customer <customer@brightmail.test>',
    'To: support@acme.test',
    'Subject: A cracked lamp',
    'Message-ID: <bench-parse@brightmail.test>',
    'Content-Type: multipart/mixed; boundary=m',
    '',
    '--m',
    'Content-Type: multipart/alternative; boundary=a',
    '',
    '--a',
    'Content-Type: text/plain; charset=utf-8',
    '',
    LINE.repeat(40),
    '--a',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<div style="color:#333">${`<p>${LINE.trim()}</p>`.repeat(40)}</div>`,
    '--a--',
    '--m',
    'Content-Type: image/png; name="lamp.png"',
    'Content-Disposition: attachment; filename="lamp.png"',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\r\n');
  await file.write(head);
  const line = `${Buffer.alloc(57, 'postkeep').toString('base64')}\r\n`;
  const block = line.repeat(800);
  let left = bytes - head.length;
  while (left > 0) {
    await file.write(block.slice(0, Math.max(line.length, Math.min(left, block.length))));
    left -= block.length;
  }
  await file.write('--m--\r\n');
  await file.close();
}
