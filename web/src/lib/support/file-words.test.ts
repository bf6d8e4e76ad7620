import { expect, test } from 'vitest';
import { english } from '../i18n/support/en.ts';
import { fileProblem, filesHint } from './file-words.ts';
import { FormKey } from './form-key.ts';

const MIB = 1024 * 1024;
const limits = { filesMax: 2, fileBytesMax: 10 * MIB, bytesMax: 15 * MIB };
const file = (name: string, size: number) => ({ name, size });

test('limits are said before they are hit, and by which file they are hit', () => {
  expect(filesHint(limits, english)).toBe(
    'At most 2 files, each up to 10 MB, together up to 15 MB.',
  );
  const problem = (...files: { name: string; size: number }[]) =>
    fileProblem(files, limits, english);
  expect(problem(file('a.png', 10 * MIB))).toBe('');
  expect(problem(file('a.png', 10 * MIB + 1))).toContain('a.png is larger than 10 MB');
  expect(problem(file('a', 8 * MIB), file('b', 8 * MIB))).toContain('too large');
  expect(problem(file('a', 1), file('b', 1), file('c', 1))).toContain('at most 2 files');
});

test('the same message has the same key, and a changed one another', () => {
  const key = new FormKey();
  const form = { name: '', email: 'a@b.test', subject: 'S', text: 'T', website: '', files: [] };
  const first = key.of(form);
  expect(key.of({ ...form })).toBe(first);
  expect(key.of({ ...form, text: 'Changed' })).not.toBe(first);
});
