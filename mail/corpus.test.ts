import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ParsedMail, parseMail } from './parse.ts';

const FOLDER = new URL('../tests/fixtures/mail/', import.meta.url);
const parsed = (name: string) => parseMail(readFileSync(new URL(`${name}.eml`, FOLDER)));

interface Expected {
  text?: string | RegExp;
  html?: string | RegExp | null;
  /** `name|type|bytes`, with `|inline` for an image that stands in the HTML. */
  files?: string[];
  subject?: string;
  from?: string | null;
}

const LAMP = 'The lamp blinks.';
const FORWARDED =
  /Forwarded message -+\nFrom: Eve Berg <eve@other\.example>\nDate: 2025-11-17 09:30 UTC\nSubject: Lämpchen\nTo: Bo Ek <bo@customer\.example>\n\nDas Lämpchen blinkt\.$/;
const TNEF_FILES = ['Bericht für Bo.txt|text/plain|9', 'lamp.png|image/png|70'];

/** What a part holds that is its own signature as well. */
const SIGNED_WITHIN = {
  text: 'Die Lampe ist gesprungen, Grüße.',
  files: ['crack.txt|text/plain|4'],
};

const CORPUS: { [name: string]: Expected } = {
  'parts-nested': {
    text: LAMP,
    html: /<b>blinks<\/b>.*src="cid:lamp@customer\.example"/,
    files: ['lamp.png|image/png|70|inline', 'log.txt|text/plain|7'],
  },
  'parts-related-in-alternative': {
    text: LAMP,
    html: /cid:lamp%40/,
    files: ['attachment-1|image/png|70|inline'],
  },
  'parts-html-first': { text: LAMP, html: '<p>The lamp <i>blinks</i>.</p>', files: [] },
  'parts-apple-text-image-text': {
    text: 'Before the picture.\n\nAfter the picture.',
    html: null,
    files: ['lamp.png|image/png|70'],
  },
  'parts-inline-text-file': { text: 'See the log.', files: ['log.txt|text/plain|7'] },
  'parts-without-types': { text: LAMP, files: ['a.bin|text/plain|1'] },
  'parts-without-boundary-name': { text: LAMP, files: [] },
  'parts-without-end': { text: LAMP, files: [] },
  'parts-only-a-picture': { text: '', html: null, files: ['lamp.png|image/png|70'] },
  'parts-empty': { text: '', html: null, files: [] },
  'parts-html-only': {
    text: 'The lamp blinks.\n\n * red\n * green',
    html: '<p>The lamp <b>blinks</b>.</p><ul><li>red</li><li>green</li></ul>\n',
  },
  'parts-html-utf16': { text: 'Größe 5 €', html: '<p>Größe 5 €</p>' },

  'charset-gb18030': { text: '打印机坏了，𠮷。' },
  'charset-windows-1250': { text: 'Tiskárna netiskne, žluťoučký kůň.' },
  'charset-windows-1255': { text: 'המדפסת לא עובדת.' },
  'charset-windows-1256': { text: 'الطابعة لا تعمل.' },
  'charset-big5': { text: '印表機壞了。' },
  'charset-iso-8859-2': { text: 'Drukarka nie działa.' },
  'charset-ibm850': { text: 'Der Drucker läuft nicht, 5 °C.' },
  'charset-unlabelled-utf8': { text: 'Grüße, 5 €' },
  'charset-unlabelled-windows-1252': { text: 'Grüße, “5 €”' },
  'charset-unlabelled-iso-2022-jp': { text: 'プリンターが動きません。' },
  'charset-ascii-but-utf8': { text: 'Grüße, 5 €' },
  'charset-latin1-but-utf8': { text: 'Grüße, 5 €' },
  'charset-utf8-but-latin1': { text: 'Grüße aus Köln, schön.' },
  'charset-unknown-name': { text: 'Grüße, 5 €' },
  'charset-html-meta': { text: 'Принтер не работает.', html: /<p>Принтер/ },
  'charset-wrong-base64': { text: LAMP },
  'charset-quoted-printable-broken': { text: 'Grüße =ZZ 5 €' },

  'flowed-quoted': {
    text: [
      'This is one line that was broken.\n',
      '> And this quoted line was broken too.\n>> deeper',
      'From here the space goes.\n\n-- \nBo',
    ].join('\n'),
  },
  'flowed-delsp': { text: 'ドナウ河の蒸気船。' },

  'names-split-words': {
    subject: 'Drucker druckt nicht, Grüße',
    files: [
      'Rechnung für Müller.txt|text/plain|1',
      'Rechnung für Bo 7.txt|text/plain|1',
      'Grüße.txt|text/plain|1',
      'Grüße.txt|text/plain|1',
    ],
  },
  'names-raw-8-bit': { files: ['Grüße.txt|text/plain|1'] },
  'names-hostile': {
    files: [
      'passwd|text/plain|1',
      'evil.dll|text/plain|1',
      'photogpj.exe|text/plain|1',
      'ab c.txt|text/plain|1',
      'attachment-5|text/plain|1',
      `${'n'.repeat(117)}.gz|text/plain|1`,
    ],
  },

  'calendar-invitation': {
    text: [
      'Can you come?\n\nInvitation: Look at the printer, together',
      'When: 2025-11-20 10:00 – 11:00 (Europe/Berlin)\nWhere: Room 5',
      'Organizer: Ek, Bo <bo@customer.example>',
    ].join('\n'),
    files: ['invitation.ics|text/calendar|526'],
  },
  'calendar-only': {
    text: /^Cancelled: Look at the printer, together\nWhen: 2025-11-20 09:00 – 2025-11-21 09:00 UTC\n/,
    files: ['invitation.ics|text/calendar|491'],
  },

  'tnef-winmail': { text: 'Der Drucker läuft nicht.', files: TNEF_FILES },
  'tnef-beside-text': { text: 'See the report.', files: TNEF_FILES },
  'tnef-rtf': { text: 'Der Drucker läuft nicht.\nGrüße {5 €}\tBo', html: null, files: [] },
  'tnef-rtf-html': {
    text: 'Der Drucker läuft nicht.',
    html: '<p>Der Drucker läuft <b>nicht</b>.</p>',
    files: [],
  },
  'tnef-broken': {
    text: 'See the report.',
    files: ['Bericht für Bo|text/plain|9', 'winmail.dat|application/octet-stream|300'],
  },

  uuencoded: {
    text: 'The log is below.\n\n\n\nThanks, Bo',
    files: ['printer log.txt|text/plain|200', 'dot.gif|image/gif|43'],
  },
  'uuencoded-broken': {
    text: /^begin 644 cut\.bin\nM86[^]*\nwe begin 644 days of guarantee\nbegin 7 easy steps$/,
    files: [],
  },

  'forwarded-as-file': {
    text: FORWARDED,
    html: /^<div>Please look at this one\.<\/div>.*<p>Das <b>Lämpchen<\/b> blinkt\.<\/p>$/s,
    files: ['Lämpchen.eml|message/rfc822|433'],
  },
  'forwarded-alone': {
    text: FORWARDED,
    html: /^<div>-+ Forwarded message/,
    files: ['Lämpchen.eml|message/rfc822|433'],
  },

  'smime-signed': { text: LAMP, files: ['smime.p7s|application/octet-stream|18'] },
  'smime-opaque-signed': SIGNED_WITHIN,
  'smime-opaque-streamed': SIGNED_WITHIN,
  'smime-encrypted': {
    text: /^This mail is sealed with S\/MIME/,
    files: ['smime.p7m|application/octet-stream|683'],
  },
  'smime-opaque': {
    text: /^This mail is sealed with S\/MIME: its content is in the attached file/,
    files: ['smime.p7m|application/octet-stream|18'],
  },
  'pgp-signed': { text: LAMP, files: ['signature.asc|application/pgp-signature|78'] },
  'pgp-encrypted': {
    text: /^This mail is encrypted with PGP: its content is in the attached file/,
    files: [
      'pgp-version.txt|application/pgp-encrypted|10',
      'encrypted.asc|application/pgp-encrypted|63',
    ],
  },
  'pgp-inline': { text: /\n\nThe lamp blinks\.\n/ },

  'headers-missing': { text: LAMP, from: null },
  'headers-none': { text: LAMP, from: null, subject: '' },
  'headers-bare-cr': { text: LAMP, subject: 'Printer', files: [] },
  'headers-bare-lf': { text: 'The lamp\nblinks.', files: [] },
  'headers-nul': { text: LAMP, from: 'Bo Ek', subject: 'Printer' },
  'headers-long-name': { text: LAMP, from: `${'Bo '.repeat(66)}Bo`, subject: 'Printer' },
  'headers-long-subject': { text: LAMP, subject: 'word '.repeat(100) },
  'headers-repeated': { text: LAMP, subject: 'Printer' },
  'lines-very-long': { text: `${LAMP} `.repeat(6_000).trim() },
};

describe('a mail of the corpus', () => {
  it.each(Object.keys(CORPUS))('%s is understood', async (name) => {
    const mail = await parsed(name);
    const { text, html, files, subject, from } = CORPUS[name] ?? {};
    expect(mail.problem).toBeNull();
    if (text !== undefined) matches(mail.text, text);
    if (html !== undefined) matches(mail.html, html);
    if (files !== undefined) expect(filesOf(mail)).toEqual(files);
    if (subject !== undefined) expect(mail.headers.subject).toBe(subject);
    if (from !== undefined) expect(mail.headers.from?.name ?? null).toBe(from);
  });
});

function matches(found: string | null, expected: string | RegExp | null): void {
  if (expected instanceof RegExp) expect(found).toMatch(expected);
  else expect(found).toBe(expected);
}

function filesOf({ attachments }: ParsedMail): string[] {
  return attachments.map(({ filename, contentType, size, inline }) =>
    [filename, contentType, size, ...(inline ? ['inline'] : [])].join('|'),
  );
}
