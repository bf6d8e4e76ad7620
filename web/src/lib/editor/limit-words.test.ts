import { expect, test } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { limitWords } from './limit-words.ts';

test('the limits are said as the server has them, with what is left of them', () => {
  const limits = { attachmentBytesMax: 10 * 1_048_576, mailBytesMax: 25 * 1_048_576 };
  expect(limitWords({ limits, bytesLeft: limits.mailBytesMax }, english)).toBe(
    'Up to 10 MB a file, 25 MB a mail',
  );
  expect(limitWords({ limits, bytesLeft: 18_000_000 }, english)).toBe(
    'Up to 10 MB a file, 25 MB a mail; 17.2 MB left',
  );
});
