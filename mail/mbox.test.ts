import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openMbox } from './mbox.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postkeep-mbox-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const BYTES_MAX = 10_000_000;

async function mailsIn(text: string | Buffer): Promise<string[]> {
  const path = join(folder, 'archive.mbox');
  writeFileSync(path, text);
  const mbox = await openMbox(path);
  const mails = [];
  for (const entry of mbox.entries) mails.push((await mbox.read(entry, BYTES_MAX)).toString());
  await mbox.close();
  return mails;
}

const at = (day: number) => `Date: Thu, ${day} Nov 2026 16:20:00 +0000`;

describe('an mbox file', () => {
  it('is split at From lines after an empty line, and only there', async () => {
    const first = `${at(1)}\n\nFrom here it goes\nFrom this line too? no\n>From quoted\n\n`;
    const second = `${at(2)}\r\n\r\ntwo\r\n\r\n`;
    const third = `${at(3)}\n\nthree\n`;
    const text = `From a Thu Nov 1 16:20:00 2026\n${first.replace('\nFrom here', '\n>From here')}`;
    const mails = await mailsIn(`${text}From b x\r\n${second}From c x\n${third}`);
    expect(mails).toEqual([first.replace('>From quoted', 'From quoted'), second, third]);
  });

  it('gives its mails by date, whatever their order in it', async () => {
    const mail = (day: number) => `From a x\n${at(day)}\n\nday ${day}\n\n`;
    const mails = await mailsIn(mail(12) + mail(5) + mail(9));
    expect(mails.map((text) => /day \d+/.exec(text)?.[0])).toEqual(['day 5', 'day 9', 'day 12']);
  });

  it('is split the same wherever the chunks that are read end', async () => {
    const filler = 'x'.repeat(1024 * 1024 - 60);
    for (let shift = 0; shift < 40; shift += 1) {
      const body = filler + 'y'.repeat(shift);
      const mails = await mailsIn(`From a x\n${at(1)}\n\n${body}\n\nFrom b x\n${at(2)}\n\nend\n`);
      expect(mails.map((text) => text.length)).toEqual([
        body.length + at(1).length + 4,
        5 + at(2).length + 1,
      ]);
    }
  });

  it('may be empty, and is refused when it is something else', async () => {
    expect(await mailsIn('')).toEqual([]);
    await expect(mailsIn('Subject: x\n\n')).rejects.toThrow(/no mbox file/);
  });
});
