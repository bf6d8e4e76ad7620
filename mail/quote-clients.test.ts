import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMail } from './parse.ts';

const FOLDER = new URL('../tests/fixtures/mail/', import.meta.url);
const parsed = (name: string) => parseMail(readFileSync(new URL(`${name}.eml`, FOLDER)));
const named = (prefix: string) =>
  readdirSync(FOLDER)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.replace('.eml', ''))
    .sort();

/** What the customer writes, and a word of what was asked before. */
const WORDS: { [language: string]: [reply: string, quoted: string] } = {
  en: ['It still does not print.', 'cable'],
  de: ['Er druckt immer noch nicht.', 'Kabel'],
  fr: ["Elle n'imprime toujours pas.", 'câble'],
  es: ['Sigue sin imprimir.', 'cable'],
  sv: ['Den skriver fortfarande inte ut.', 'kabel'],
  nl: ['Hij print nog steeds niet.', 'kabel'],
  it: ['Non stampa ancora.', 'cavo'],
  pt: ['Ainda não imprime.', 'cabo'],
  da: ['Den udskriver stadig ikke.', 'kabel'],
  no: ['Den skriver fortsatt ikke ut.', 'kabel'],
  fi: ['Se ei vieläkään tulosta.', 'kaapelia'],
};

/** `client-outlook-web-de-html` is Outlook on the web, in German, as HTML. */
const languageOf = (name: string) => /-([a-z]{2})(?:-html)?$/.exec(name)?.[1] ?? '';

describe('a reply written with', () => {
  it.each(named('client-'))('%s is told from what it quotes', async (name) => {
    const [reply, quoted] = WORDS[languageOf(name)] ?? ['', ''];
    const { text, replyText, quotedText } = await parsed(name);
    expect(replyText.trim()).toBe(reply);
    expect(quotedText).toContain(quoted);
    expect(quotedText).toMatch(/Acme Support/);
    const letters = (part: string) => part.replace(/\s/g, '').length;
    expect(letters(replyText) + letters(quotedText)).toBe(letters(text));
  });

  it.each(named('client-').filter((name) => name.endsWith('-html')))(
    '%s marks in its HTML what is quoted',
    async (name) => {
      const { html } = await parsed(name);
      const [before = '', ...after] = (html ?? '').split(/<[^>]* data-quote>/);
      expect(before).toContain((WORDS[languageOf(name)]?.[0] ?? '').slice(0, 4));
      expect(after.join('')).toContain('Acme Support');
    },
  );
});

describe('a forwarded mail', () => {
  it.each(named('forward-'))('%s stays in view', async (name) => {
    const { text, replyText, quotedText } = await parsed(name);
    expect(replyText).toBe(text);
    expect(replyText).toContain('The lamp of the printer blinks red.');
    expect(quotedText).toBe('');
  });

  it('is not marked as quoted in its HTML', async () => {
    const inner = 'From: Eve<br>Date: Tue<br>Subject: Printer<br><br>The lamp blinks.';
    const mark = '---------- Forwarded message ---------';
    const { html, replyText } = await parseMail(
      Buffer.from(
        'Subject: Fwd: Printer\r\nContent-Type: text/html\r\n\r\n' +
          `<div>See below.</div><div class="gmail_quote">${mark}<br>${inner}</div>`,
      ),
    );
    expect(replyText).toContain('The lamp blinks.');
    expect(html).not.toContain('data-quote');
  });
});

describe('answers between quoted lines', () => {
  it.each(['interleaved-de', 'interleaved-html'])('%s stay whole', async (name) => {
    const { replyText, quotedText, html } = await parsed(name);
    expect(replyText).toMatch(/drei Kabeln|three cables/);
    expect(replyText).toMatch(/> (?:Leuchtet die Lampe|Is the lamp on)/);
    expect(replyText).toMatch(/dunkel|dark/);
    expect(quotedText).not.toMatch(/dunkel|dark|Kabeln|three/);
    expect(html ?? '').not.toContain('data-quote');
  });

  it('below a quotation on top are not hidden with it in the HTML', async () => {
    const { html, replyText } = await parseMail(
      Buffer.from(
        'Content-Type: text/html\r\n\r\n' +
          '<div class="moz-cite-prefix">On 11/18/25 10:00, Acme wrote:</div>' +
          '<blockquote type="cite">Another cable?</blockquote><p>It does not print.</p>',
      ),
    );
    expect(replyText).toBe('It does not print.');
    expect(html).toContain('<blockquote data-quote>');
    expect(html).not.toContain('<div data-quote>');
  });
});

describe('a signature', () => {
  it('is folded though nothing is quoted', async () => {
    expect(await parsed('signature-only-en')).toMatchObject({
      replyText: 'It still does not print.',
      quotedText: '-- \nBo Ek\nCustomer Ltd\n+46 8 000 00 00',
    });
  });

  it('is no last sentence of a person', async () => {
    for (const last of ['Sent from Berlin yesterday', 'Get well soon', '-- but why?']) {
      const { replyText } = await parseMail(Buffer.from(`Subject: x\r\n\r\nHello\n${last}`));
      expect(replyText).toBe(`Hello\n${last}`);
    }
  });
});
