import { describe, expect, it } from 'vitest';
import { sniffContentType } from './content-type.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n');
const OLD_OFFICE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);

describe('the type of a file', () => {
  it.each([
    ['its content before the sender’s word', PDF, 'image/png', 'application/pdf'],
    ['text for text', Buffer.from('a,b\n'), 'text/csv', 'text/csv'],
    ['text when the sender does not know', Buffer.from('hi'), 'nonsense', 'text/plain'],
    ['text for a picture that is none', Buffer.from('<script>'), 'image/png', 'text/plain'],
    [
      'unknown for bytes that nobody knows',
      Buffer.from([0, 1, 2]),
      'image/png',
      'application/octet-stream',
    ],
    [
      'the kind of old office document that is named',
      OLD_OFFICE,
      'application/msword',
      'application/msword',
    ],
    ['a mail for a mail', Buffer.from('Subject: x\n\ny'), 'message/rfc822', 'message/rfc822'],
    ['unknown for an empty lie', Buffer.alloc(0), 'image/png', 'text/plain'],
  ])('is %s', async (_title, content, declared, expected) => {
    expect(await sniffContentType(content, declared)).toBe(expected);
  });
});
