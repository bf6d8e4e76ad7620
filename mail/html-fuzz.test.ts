import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToPlainText, sanitiseMailHtml } from './html.ts';
import { cpuMsOf } from './testing/cpu-time.ts';

/** Bounded, so that the tests stay quick. */
const RUNS = 300;

const FOLDER = new URL('../tests/fixtures/mail/', import.meta.url);
const PAGES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('-html.eml'))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));

/** What attacks on mail readers are made of. */
const FRAGMENTS = [
  ...[
    '<script>alert(1)</script>',
    '<scr<script>ipt>',
    '</title>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
  ],
  ...['<img src=x onerror=alert(1)>', '<img src="https://t.example/o.gif">', '<svg onload=x()>'],
  ...['<style>@import "https://t.example/x.css"</style>', '<link rel=stylesheet href=//t.example>'],
  ...['<a href="javascript:alert(1)">', '<a href="jav&#x09;ascript:x()">', '<a href=//t.example>'],
  ...['<a href="vbscript:x">', '<a href="data:text/html,x">', '<math><mtext><mglyph><style>'],
  ...['<iframe src=//t.example>', '<object data=x>', '<embed src=x>', '<form action=//t.example>'],
  ...[
    '<div style="background:url(//t.example)">',
    '<p style="position:fixed;top:0">',
    '<base href=x>',
  ],
  ...['<meta http-equiv=refresh content="0;url=//t.example">', '<video poster=//t.example/p>'],
  ...['<table background="//t.example/b.png">', '<td style="width:expression(x())">', '<noscript>'],
  ...['<img srcset="//t.example/s.png 2x">', '<input type=image src=//t.example>', '<template>'],
  ...[
    '"',
    "'",
    '>',
    '<',
    '&',
    '&#0;',
    '&#x3c;script&#x3e;',
    '\0',
    '\u202e',
    '=',
    '/',
    '`',
    '<p',
    '</',
  ],
  ...[
    ' onclick=x()',
    ' style="',
    ' src=',
    ' href=',
    ' data-remote-src="javascript:x()"',
    ' data-quote',
  ],
];
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('<p>', '<div>', '<b>', '</div>', '<td>', '<br>', 'text'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);
const made = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
const mutated = fc
  .tuple(fc.constantFrom(...PAGES), fc.array(fc.tuple(fc.nat(), piece), { maxLength: 12 }))
  .map(([page, inserts]) =>
    inserts.reduce((html, [at, text]) => {
      const place = at % (html.length + 1);
      return html.slice(0, place) + text + html.slice(place);
    }, page),
  );

const ELEMENTS =
  /^(?:script|style|link|meta|base|iframe|frame|object|embed|svg|math|form|input|button|video|audio|source|template|noscript|title)$/;
const URL_ATTRIBUTES = /^(?:src|href)$/;
const LOADING_ATTRIBUTES =
  /^(?:on.*|srcset|background|poster|action|formaction|data|codebase|xlink:href|ping|lowsrc|dynsrc|srcdoc|id|class)$/;

/** A tag as the cleaner writes it; it escapes whatever could end a value or begin a tag. */
const TAG = /<\/?([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"<>]*)")?/g;

/** What a browser would run or fetch, or what would reach out of the mail, in words. */
function dangersIn(html: string): string[] {
  const found = html.replace(TAG, '').includes('<') ? ['something that is no plain tag'] : [];
  for (const [tag, name = '', written = ''] of html.matchAll(TAG)) {
    if (ELEMENTS.test(name)) found.push(tag);
    const attributes = Array.from(
      written.matchAll(ATTRIBUTE),
      ([, attribute = '', value = '']) => [attribute.toLowerCase(), unescaped(value)] as const,
    );
    if (attributes.some(([attribute, value]) => isDangerous(name, attribute, value))) {
      found.push(tag);
    }
    const values = new Map(attributes);
    const isApart = values.get('target') === '_blank' && /noreferrer/.test(values.get('rel') ?? '');
    if (name === 'a' && values.has('href') && !isApart) found.push(tag);
  }
  return found;
}

function unescaped(value: string): string {
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

function isDangerous(name: string, attribute: string, value: string): boolean {
  if (LOADING_ATTRIBUTES.test(attribute)) return true;
  if (attribute === 'style') return /url|expression|@|\\|position|behaviou?r/i.test(value);
  if (attribute === 'data-remote-src') return !/^https?:\/\//i.test(value);
  return URL_ATTRIBUTES.test(attribute) && isLoading(name, attribute, value);
}

function isLoading(name: string, attribute: string, value: string): boolean {
  if (name === 'a' && attribute === 'href')
    return /^\s*(?:javascript|vbscript|data|file):/i.test(value);
  return !/^(?:cid:|data:image\/(?:png|jpe?g|gif|webp|bmp);base64,)/i.test(value);
}

describe('any HTML at all', () => {
  it('is looked at by eyes that see danger', () => {
    for (const html of [
      ...['<script>', '<img src="https://t.example/o.gif">', '<b onclick="x()">', '<b'],
      ...['<a href="javascript:x">', '<a href="https://t.example">', '<p style="top:url(x)">'],
    ]) {
      expect(dangersIn(html), html).not.toEqual([]);
    }
  });

  it.each([
    ['made of attacks', made],
    ['of a real program with attacks in it', mutated],
  ])('%s is shown without danger, and is as safe when cleaned again', (_title, html) => {
    fc.assert(
      fc.property(html, (source) => {
        const shown = sanitiseMailHtml(source, { remoteImages: 'hold' }) ?? '';
        expect(dangersIn(shown)).toEqual([]);
        expect(dangersIn(sanitiseMailHtml(shown, { remoteImages: 'hold' }) ?? '')).toEqual([]);
        expect(shown).not.toContain('\0');
        expect(htmlToPlainText(source)).not.toContain('\0');
      }),
      { numRuns: RUNS },
    );
  });

  it('is cleaned in bounded time, newsletters and nesting bombs alike', async () => {
    const row =
      '<tr><td style="padding:4px;color:#333"><a href="https://n.example/a?b=1">An offer</a>' +
      '<img src="https://n.example/i.png" width="20"></td></tr>';
    const newsletter = `<table>${row.repeat(Math.floor(1_000_000 / row.length))}</table>`;
    expect(newsletter.length).toBeGreaterThan(900_000);
    for (const html of [
      newsletter,
      '<div>'.repeat(29_000),
      '<table><tr><td>'.repeat(9_000),
      '<b><i>'.repeat(14_000),
      '<a href="'.repeat(100_000),
      '&lt;'.repeat(400_000),
      `<p style="${'a:b;'.repeat(200_000)}">`,
      `<p ${'x=y '.repeat(300_000)}>`,
      '<!--'.repeat(300_000),
    ]) {
      const spentMs = await cpuMsOf(() => {
        sanitiseMailHtml(html, { remoteImages: 'hold' });
        htmlToPlainText(html);
      });
      expect(spentMs, html.slice(0, 20)).toBeLessThan(4_000);
    }
    expect(sanitiseMailHtml(newsletter, { remoteImages: 'hold' })).toContain('An offer');
  }, 60_000);
});
