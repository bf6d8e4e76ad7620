import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replyHtmlOf } from './html-reply.ts';
import { htmlToPlainText, sanitiseMailHtml } from './html.ts';
import { parseMail } from './parse.ts';
import { cpuMsOf } from './testing/cpu-time.ts';

const FOLDER = new URL('../tests/fixtures/mail/', import.meta.url);
const clients = readdirSync(FOLDER).filter((name) => /^client-.*-html\.eml$/.test(name));

const spaceless = (text: string): string => text.replace(/\s+/g, '');
const shown = (html: string): string =>
  sanitiseMailHtml(html, { remoteImages: 'hold', quotes: 'all' }) ?? '';

describe('the HTML of an answer', () => {
  it.each(clients)('in %s has the words of the answer, and none of the quotation', async (name) => {
    const mail = await parseMail(readFileSync(new URL(name, FOLDER)));
    const html = replyHtmlOf(mail.html ?? '', mail.replyText);
    expect(spaceless(htmlToPlainText(html ?? ''))).toBe(spaceless(mail.replyText));
  });

  it('keeps how it looks, its links, lists and images to the last one', () => {
    const html = shown(
      '<div><p>See <b>these</b>, at <a href="https://acme.test/a">our shop</a>:</p>' +
        '<ol><li>the shade</li><li>the bulb</li></ol><img src="cid:drawing@x">' +
        '<img src="https://acme.test/b.png"><div>-- <br>Bo Ek</div></div>' +
        '<blockquote type="cite"><img src="cid:logo@x">It is cracked</blockquote>',
    );
    const text = 'See these, at our shop <https://acme.test/a>:\n\n 1. the shade\n 2. the bulb';
    const reply = replyHtmlOf(html, text);
    expect(reply).toContain('<b>these</b>');
    expect(reply).toContain('href="https://acme.test/a"');
    expect(reply).toContain('<li>the bulb</li>');
    expect(reply).toContain('src="cid:drawing@x"');
    expect(reply).toContain('data-remote-src="https://acme.test/b.png"');
    expect(reply).not.toMatch(/Bo Ek|--|cracked|cid:logo/);
  });

  it('is none when its words are others than those of the text', () => {
    const html = shown('<p>Something else entirely</p>');
    expect(replyHtmlOf(html, 'A shade leaves today.')).toBeNull();
    expect(replyHtmlOf(html, 'Something else entirely, and more')).toBeNull();
    expect(replyHtmlOf('', 'A shade leaves today.')).toBeNull();
  });

  it.each(['[cid:', '[image:', '<http:', '<a@', '<'])(
    'is looked for in bounded time in a text of nothing but %s',
    async (beginning) => {
      const text = beginning.repeat(1_000_000 / beginning.length);
      expect(await cpuMsOf(() => replyHtmlOf('<p>Yes.</p>', text))).toBeLessThan(3_000);
    },
  );

  it('is found in linear time', () => {
    const html = shown(`<p>${'word &lt; '.repeat(100_000)}</p>`);
    const begun = performance.now();
    replyHtmlOf(html, 'word '.repeat(100_000));
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
