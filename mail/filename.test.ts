import { describe, expect, it } from 'vitest';
import { cleanFilename } from './filename.ts';

describe('a clean file name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\report.pdf', 'report.pdf'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\0b\r\nc.txt', 'ab c.txt'],
    ['.htaccess', 'htaccess'],
    ['what?.txt', 'what_.txt'],
    ['..', ''],
    ['', ''],
    ['Grüße 日本.txt', 'Grüße 日本.txt'],
  ])('of %j', (name, expected) => {
    expect(cleanFilename(name)).toBe(expected);
  });

  it('is short and keeps its ending', () => {
    expect(cleanFilename(`${'x'.repeat(500)}.tar.gz`)).toMatch(/^x{110,}\.gz$/);
    expect(cleanFilename(`${'x'.repeat(500)}.pdf`).length).toBeLessThanOrEqual(120);
    expect(cleanFilename('😀'.repeat(300))).not.toMatch(/\p{Surrogate}/u);
  });
});
