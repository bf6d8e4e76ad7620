import { describe, expect, it } from 'vitest';
import { contentKey } from './content-key.ts';
import { readHeaders } from './headers.ts';

const keyOf = (mail: string) => contentKey(Buffer.from(mail), readHeaders(Buffer.from(mail)));

const FIELDS = [
  'From: a@b.example',
  'Date: 18 Nov 2025 11:00:00 +0000',
  'Subject: Hi',
  'Message-ID: <1@b>',
];
const mail = (fields: string[], body: string) => [...fields, '', body].join('\r\n');
const original = keyOf(mail(FIELDS, 'Hello\r\nthere\r\n'));

describe('the content key', () => {
  it('is the same for a copy that came over other relays', () => {
    const trace = ['Received: from x by y', 'X-Spam: no', 'Delivered-To: support@acme.test'];
    expect(keyOf(mail([...trace, ...FIELDS], 'Hello\r\nthere\r\n'))).toBe(original);
    expect(keyOf(mail(FIELDS.toReversed(), 'Hello\r\nthere'))).toBe(original);
  });

  it('does not see line ends', () => {
    expect(keyOf(mail(FIELDS, 'Hello\r\nthere\r\n').replaceAll('\r\n', '\n'))).toBe(original);
  });

  it('differs when Message-ID, From, Date, Subject or body differ', () => {
    const others = FIELDS.map((field) =>
      mail(
        FIELDS.map((f) => (f === field ? `${f}x` : f)),
        'Hello\r\nthere',
      ),
    );
    const keys = [...others, mail(FIELDS, 'Hello there'), mail([], 'Hello\r\nthere')].map(keyOf);
    expect(new Set([original, ...keys]).size).toBe(keys.length + 1);
  });

  it('reads bodies that are longer than its buffer', () => {
    const line = `${'x'.repeat(76)}\r\n`;
    const long = line.repeat(3_000);
    expect(keyOf(mail(FIELDS, long))).toBe(keyOf(mail(FIELDS, long.replaceAll('\r\n', '\n'))));
    expect(keyOf(mail(FIELDS, long))).not.toBe(keyOf(mail(FIELDS, `${long}y`)));
  });

  it('tells mails without an author apart by who sent them', () => {
    const raw = Buffer.from('Subject: Hi\r\n\r\nHello\r\n');
    const from = (sender: string) => contentKey(raw, readHeaders(raw), sender);
    expect(from('a@b.example')).toBe(from('A@b.example'));
    expect(from('a@b.example')).not.toBe(from('c@b.example'));
    const signed = Buffer.from(mail(FIELDS, 'Hello'));
    expect(contentKey(signed, readHeaders(signed), 'a')).toBe(keyOf(mail(FIELDS, 'Hello')));
  });
});
