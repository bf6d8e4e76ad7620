import { describe, expect, it } from 'vitest';
import { readHeaders } from './headers.ts';
import { firstValue } from './header-block.ts';

const read = (...lines: (string | Buffer)[]) =>
  readHeaders(
    Buffer.concat([...lines.flatMap((line) => [Buffer.from(line), Buffer.from('\r\n')])]),
  );
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('the headers of a mail', () => {
  it('are read into plain values', () => {
    const headers = read(
      'Received: from a by b; Tue, 18 Nov 2025 10:00:00 +0000',
      'From: "Ek, Bo" <Bo.Ek@Example.com>',
      'Sender: List <list@example.com>',
      'Reply-To: bo@home.example',
      'To: Support <support@acme.test>, Friends: a@b.example, c@d.example;',
      'Cc: e@f.example',
      'Subject: Hello',
      ' there',
      'Date: Tue, 18 Nov 2025 11:00:00 +0100 (CET)',
      'Message-ID: <one@example.com>',
      'In-Reply-To: Your message of Monday <zero@acme.test>',
      'References: <first@acme.test>',
      '\t<zero@acme.test>',
      '',
      'Subject: not this one',
    );
    expect(headers).toMatchObject({
      messageId: 'one@example.com',
      from: { name: 'Ek, Bo', address: 'bo.ek@example.com' },
      sender: { name: 'List', address: 'list@example.com' },
      replyTo: [{ name: '', address: 'bo@home.example' }],
      to: [
        { address: 'support@acme.test' },
        { address: 'a@b.example' },
        { address: 'c@d.example' },
      ],
      cc: [{ address: 'e@f.example' }],
      subject: 'Hello there',
      date: '2025-11-18T10:00:00.000Z',
      inReplyTo: 'zero@acme.test',
      references: ['first@acme.test', 'zero@acme.test'],
    });
    expect(firstValue(headers.raw, 'received')).toContain('from a by b');
  });

  it('are all null or empty for a mail that has none', () => {
    for (const mail of ['', '\r\n\r\nhello', 'no header here', '\0\0\0']) {
      expect(readHeaders(Buffer.from(mail))).toMatchObject({
        messageId: null,
        from: null,
        to: [],
        subject: '',
        date: null,
        inReplyTo: null,
        references: [],
      });
    }
  });

  it('have their encoded words decoded, over word borders too', () => {
    const headers = read(
      'From: =?utf-8?Q?Bo_=C3=85ke?= <bo@example.com>',
      'Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?UTF-8?B?4oKs?=',
      ' =?UTF-8?B?IDEw?=',
    );
    expect(headers.from?.name).toBe('Bo Åke');
    expect(headers.subject).toBe('日本€ 10');
  });

  it('decode raw 8-bit bytes as UTF-8, as the charset of the body, or as Windows 1252', () => {
    expect(read('Subject: Grüße').subject).toBe('Grüße');
    expect(read(latin1('Subject: Gr\xfc\xdfe \x80 5')).subject).toBe('Grüße € 5');
    const koi8 = latin1('Subject: \xf0\xd2\xc9\xd7\xc5\xd4');
    expect(read(koi8, 'Content-Type: text/plain; charset=koi8-r').subject).toBe('Привет');
    expect(read(koi8, 'Content-Type: text/plain; charset=nonsense').subject).toBe('ðÒÉ×ÅÔ');
  });

  it('hold no NUL, control or direction-override characters and no half characters', () => {
    const headers = read(
      'Subject: a\0b\x07c =?utf-8?Q?d=00e=0Af=E2=80=AEg?=',
      'From: =?utf-8?Q?A=00=0D=0ABcc=3A_x?= <a@b.example>',
      'Message-ID: <a\0b@c>',
    );
    expect(headers.subject).toBe('abc de fg');
    expect(headers.from).toEqual({ name: 'A Bcc: x', address: 'a@b.example' });
    expect(headers.messageId).toBe('ab@c');
    expect(JSON.stringify([...headers.raw])).not.toContain('\\u0000');
  });

  it('cut long subjects and names between characters', () => {
    expect(read(`Subject: ${'x'.repeat(20_000)}`).subject).toHaveLength(500);
    expect(read(`Subject: a${'😀'.repeat(300)}`).subject).toBe(`a${'😀'.repeat(249)}`);
    expect(read(`From: ${'Anna '.repeat(60)}<a@b.example>`).from?.name).toHaveLength(200);
  });

  it('understand the Message-IDs of careless senders', () => {
    expect(read('Message-ID: one@example.com').messageId).toBe('one@example.com');
    expect(read('Message-ID: <one@\r\n example.com>').messageId).toBe('one@example.com');
    expect(read('Message-ID: 12345').messageId).toBe('12345');
    expect(read('Message-ID: <>').messageId).toBeNull();
    expect(read(`Message-ID: <${'x'.repeat(3_000)}@y>`).messageId).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(read('References: a@b c@d, e@f').references).toEqual(['a@b', 'c@d', 'e@f']);
  });

  it('keep the first and the last of 5,000 references', () => {
    const ids = Array.from({ length: 5_000 }, (_, n) => `<${n}@b>`);
    const { references } = read(`References: ${ids.join('\r\n ')}`);
    expect(references).toHaveLength(100);
    expect(references[0]).toBe('0@b');
    expect(references.at(-1)).toBe('4999@b');
  });

  it('understand dates without weekday or zone, and refuse what is no date', () => {
    expect(read('Date: 18 Nov 2025 11:00').date).toBe('2025-11-18T11:00:00.000Z');
    expect(read('Date: Tue, 18 Nov 25 11:00:00 GMT').date).toBe('2025-11-18T11:00:00.000Z');
    expect(read('Date: Tue, 18 Nov 2025 11:00:00 MEZ').date).toBe('2025-11-18T11:00:00.000Z');
    for (const bad of ['hello 1', 'Tue, 99 Foo 2025', '1 Jan 9999', '']) {
      expect(read(`Date: ${bad}`).date).toBeNull();
    }
  });

  it('leave out what is no address', () => {
    expect(read('From: undisclosed').from).toBeNull();
    expect(read('From: <>').from).toBeNull();
    expect(read('From: nobody, Bo <bo@b.example>').from?.address).toBe('bo@b.example');
    expect(read(`To: ${'a@b.example, '.repeat(10_000)}`).to).toHaveLength(200);
    expect(read('From: =?utf-8?Q?a=40evil.example?=@b.example').from).toBeNull();
  });

  it('end at the first empty line whatever the line ends', () => {
    for (const end of ['\r\n', '\n']) {
      const raw = Buffer.from(['Subject: a', '', 'body'].join(end));
      expect(raw.subarray(readHeaders(raw).bodyStart).toString()).toBe('body');
    }
  });

  it('cost bounded time for hostile mails of a megabyte', () => {
    const hostile = [
      `Subject: ${'a'.repeat(1e6)}\r\n\r\n`,
      'a:\n'.repeat(350_000),
      `Subject: x\n${' y\n'.repeat(300_000)}\n`,
      '\0'.repeat(1e6),
      `References: ${'<'.repeat(1e6)}\n\n`,
      `From: ${'('.repeat(1e6)}\n\n`,
      `From: ${'a,'.repeat(5e5)}\n\n`,
      `Subject: ${'=?utf-8?q?=41?= '.repeat(60_000)}\n\n`,
      `name${' '.repeat(1e6)}\n\n`,
    ];
    for (const mail of hostile) {
      const before = performance.now();
      readHeaders(Buffer.from(mail));
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});
