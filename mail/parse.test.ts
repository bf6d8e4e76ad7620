import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMail, snippetOf } from './parse.ts';
import { cpuMsOf } from './testing/cpu-time.ts';

const FOLDER = new URL('../tests/fixtures/mail/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(`${name}.eml`, FOLDER));
const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

const QUOTED = /cable|Kabel|câble|kabel/;

describe('the reply and its quotation', () => {
  const single = [
    ...['gmail-en', 'gmail-de', 'gmail-fr', 'gmail-es', 'gmail-sv', 'gmail-html', 'yahoo-en'],
    ...['outlook-en', 'outlook-de', 'outlook-fr', 'outlook-es', 'outlook-sv', 'original-message'],
    ...['apple-en', 'apple-de', 'thunderbird-below', 'signature-below'],
  ];
  it.each(single)('are told apart for %s', async (name) => {
    const { text, replyText, quotedText } = await parseMail(fixture(`quote-${name}`));
    expect(replyText).toMatch(/print|druckt|imprim|skriver/);
    expect(replyText).not.toMatch(QUOTED);
    expect(quotedText).toMatch(QUOTED);
    const letters = (part: string) => part.replace(/\s/g, '').length;
    expect(letters(replyText) + letters(quotedText)).toBe(letters(text));
  });

  it('keep the greeting and the answers between the quoted lines in the reply', async () => {
    expect((await parseMail(fixture('quote-outlook-en'))).replyText).toContain('Best regards\nBo');
    const inline = await parseMail(fixture('quote-thunderbird-inline'));
    expect(inline.replyText).toContain('> And another socket?\n\nNo, where?');
    expect(inline.quotedText).toBe('> Regards\n> Ada');
  });

  it('fold the signature with the quotation', async () => {
    const apple = await parseMail(fixture('quote-apple-en'));
    expect(apple.replyText).toBe('It still does not print.');
    expect(apple.quotedText).toMatch(/^Sent from my iPhone\n\n> On 18 Nov/);
    const below = await parseMail(fixture('quote-thunderbird-below'));
    expect(below.replyText).toBe('It still does not print.');
    expect(below.quotedText).toMatch(/And another socket\?\n\n-- \nBo Ek$/);
  });

  it('takes no sentence of a person for a quotation', async () => {
    const { replyText, quotedText } = await parseMail(fixture('quote-none'));
    expect(replyText).toMatch(
      /^Hello,\n\nJohn wrote: it is[^]*\n\nFrom: the cellar\nit is hard to see\.$/,
    );
    expect(quotedText).toBe('-- \nBo');
  });

  it.each(['only', 'forward'])('are one for %s', async (name) => {
    const { text, replyText, quotedText } = await parseMail(fixture(`quote-${name}`));
    expect(replyText).toBe(text);
    expect(quotedText).toBe('');
  });
});

describe('the charset of a mail', () => {
  it.each([
    ['utf8', 'Grüße, smörgås, 5 €', 'Grüße'],
    ['latin1', 'Grüße, smörgås', 'Re: Printer'],
    ['windows-1252', '“Grüße”, 5 €', 'Re: Printer'],
    ['unlabelled', '“Grüße”, 5 €', 'Grüße'],
    ['no-content-type', 'Grüße', 'Re: Printer'],
    ['iso-2022-jp', 'プリンターが動きません。', 'プリンター'],
    ['gb2312', '打印机坏了。', '打印机坏了'],
    ['koi8-r', 'Принтер не работает.', 'Принтер'],
    ['windows-1251', 'Принтер не работает.', 'Re: Printer'],
    ['shift-jis', 'プリンターが動きません。', 'Re: Printer'],
    ['euc-kr', '프린터가 작동하지 않습니다.', 'Re: Printer'],
    ['flowed', 'This is one line that was broken by its sender.', 'Re: Printer'],
  ])('%s is understood', async (name, text, subject) => {
    const parsed = await parseMail(fixture(`charset-${name}`));
    expect(parsed.text).toBe(text);
    expect(parsed.headers.subject).toBe(subject);
    expect(parsed.problem).toBeNull();
  });
});

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk' +
  '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const RICH = mail(
  'From: a@b.example',
  'Subject: Rich',
  'Content-Type: multipart/mixed; boundary=m',
  '',
  '--m',
  'Content-Type: multipart/related; boundary=r',
  '',
  '--r',
  'Content-Type: text/html',
  '',
  '<p onclick="x()">Hi<script>alert(1)</script><img src="cid:logo@x"><img src="http://t.example/o.png"></p>',
  '--r',
  'Content-Type: image/png; name=logo.png',
  'Content-ID: <logo@x>',
  'Content-Transfer-Encoding: base64',
  '',
  PNG,
  '--r--',
  '--m',
  'Content-Type: application/pdf',
  'Content-Disposition: attachment; filename="../../etc/=?utf-8?Q?r=E2=80=AEfdp.exe?="',
  'Content-Transfer-Encoding: base64',
  '',
  PNG,
  '--m',
  'Content-Type: message/rfc822',
  '',
  'Subject: The forwarded one',
  '',
  'inner text',
  '--m--',
  '',
);

describe('a parsed mail', () => {
  it('has safe HTML with remote images held back, and its text', async () => {
    const { html, text } = await parseMail(RICH);
    expect(html).toContain('<img src="cid:logo@x" />');
    expect(html).toContain('<img data-remote-src="http://t.example/o.png" />');
    expect(html).not.toMatch(/script|onclick|alert/);
    expect(text).toBe(
      'Hi\n\n---------- Forwarded message ----------\nSubject: The forwarded one\n\ninner text',
    );
  });

  it('has its attachments by content, with harmless names', async () => {
    const { attachments } = await parseMail(RICH);
    expect(attachments).toMatchObject([
      {
        filename: 'logo.png',
        contentType: 'image/png',
        inline: true,
        contentId: 'logo@x',
        size: 70,
      },
      { filename: 'rfdp.exe', contentType: 'image/png', inline: false, contentId: null },
      { filename: 'The forwarded one.eml', contentType: 'message/rfc822', inline: false },
    ]);
    expect(attachments[2]?.content.toString()).toContain('inner text');
  });

  it('has no NUL anywhere', async () => {
    const parsed = await parseMail(
      mail(
        'Subject: a\0b',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: text/html',
        '',
        'c\0d &#0; <b title="e\0f">g</b>',
        '--x',
        'Content-Disposition: attachment; filename="h\0i.txt"',
        '',
        'x',
        '--x--',
      ),
    );
    const { attachments, headers, ...texts } = parsed;
    expect(JSON.stringify([texts, headers.subject, attachments[0]?.filename])).not.toContain(
      '\\u0000',
    );
    expect(parsed.text).toContain('cd');
  });

  it('is shown as its source when it cannot be parsed', async () => {
    const parsed = await parseMail(
      mail('Subject: x', 'Content-Type: multipart/mixed', '', '--y', '', 'Hello', '--y--'),
    );
    expect(parsed.text).toContain('Hello');
    const bomb = ['Subject: bomb', 'Content-Type: multipart/mixed; boundary=b', ''];
    for (let n = 0; n < 10_000; n += 1) bomb.push('--b', 'Content-Type: text/plain', '', 'x');
    const big = await parseMail(mail(...bomb));
    expect(big.problem).toMatch(/could not be parsed/);
    expect(big.headers.subject).toBe('bomb');
    expect(big.text).not.toBe('');
  });

  it('is never an error and takes bounded time, whatever comes', async () => {
    const nest = Array.from({ length: 1_000 }, (_, n) => [
      `Content-Type: multipart/mixed; boundary=b${n}`,
      '',
      `--b${n}`,
    ]).flat();
    const html = (body: string) => mail('Content-Type: text/html', '', body);
    const hostile = [
      Buffer.alloc(0),
      Buffer.alloc(100_000),
      mail(...nest, '', 'deep'),
      html('<div>'.repeat(100_000)),
      html('<b>'.repeat(25_000)),
      html('<'.repeat(1_000_000)),
      html(`<p style="${'color:red;'.repeat(50_000)}">x</p>`),
      mail(`Subject: ${'x'.repeat(1_000_000)}`, '', 'text'),
      mail('Subject: x', '', '> '.repeat(300_000)),
      mail('Subject: x', '', 'On 1 wrote <'.repeat(50_000)),
      mail('Subject: x', '', '>\nOn 1\n'.repeat(20_000)),
      mail('Content-Transfer-Encoding: base64', '', '!!!not base64!!!'),
      mail('Content-Type: text/plain; charset=utf-7', '', '+ADw-script+AD4-'),
    ];
    for (const raw of hostile) {
      expect(await cpuMsOf(() => parseMail(raw))).toBeLessThan(3_000);
    }
  }, 30_000);

  it('is read from every fixture without a problem', async () => {
    for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.eml'))) {
      const { problem } = await parseMail(readFileSync(new URL(name, FOLDER)));
      expect(problem, name).toBeNull();
    }
  });
});

describe('the snippet', () => {
  it('is the beginning on one line', () => {
    expect(snippetOf('Hello\n\n  there\0 ')).toBe('Hello there');
    expect(snippetOf('word '.repeat(1_000)).length).toBeLessThanOrEqual(180);
  });
});
