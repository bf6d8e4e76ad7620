import { describe, expect, it } from 'vitest';
import {
  htmlOfText,
  isEmptyHtml,
  mailHtml,
  picturesIn,
  sentWords,
  textOfHtml,
} from './mail-html.ts';

describe('the HTML of a mail', () => {
  it('carries its look in each element, and nothing that only the editor needs', () => {
    const link = '<a target="_blank" rel="noopener" href="https://x.test">here</a>';
    const html = mailHtml(`<p>Look ${link}</p><blockquote><p>Said</p></blockquote>`);
    expect(html).toMatch(/^<p style="margin:[^"]+">Look <a href="https:\/\/x.test" style="[^"]+">/);
    expect(html).toMatch(/<blockquote style="[^"]*border-left:[^"]+">/);
    expect(html).not.toMatch(/target|rel=/);
  });

  it('keeps the words of an item beside its bullet, also within lists in lists', () => {
    const inner = '<ul><li><p>small</p></li></ul>';
    const html = mailHtml(`<ul><li><p>One</p>${inner}</li><li><p>Two</p></li></ul>`);
    expect(html.replace(/ style="[^"]*"/g, '')).toBe(
      '<ul><li>One<ul><li>small</li></ul></li><li>Two</li></ul>',
    );
  });

  it('keeps lines that were left free, but none at the end', () => {
    const html = mailHtml('<p>One</p><p></p><p>Two</p><p></p>');
    expect(html.replace(/ style="[^"]*"/g, '')).toBe('<p>One</p><p><br></p><p>Two</p>');
  });

  it('shows no picture that is still on its way', () => {
    const html = '<p><img src="blob:https://desk/1" alt="x"><img src="/api/v1/attachments/7"></p>';
    expect(mailHtml(html)).not.toContain('blob:');
    expect(picturesIn(mailHtml(html))).toEqual(['7']);
  });
});

describe('what is sent', () => {
  it('is text as long as nothing is laid out', () => {
    const link = '<a target="_blank" href="https://x.test/a">https://x.test/a</a>';
    expect(sentWords(`<p>Dear Bo,</p><p>see<br>${link}</p>`)).toEqual({
      text: 'Dear Bo,\n\nsee\nhttps://x.test/a',
    });
    expect(sentWords('<p>Dear <em>Bo</em></p>')).toEqual({
      html: expect.stringContaining('<em>Bo</em>'),
    });
  });
});

describe('words as text', () => {
  it('come back from HTML as they went in', () => {
    const text = 'Dear <Eleanor> & Otto,\nhow are you?\n\nYours\nBo';
    expect(textOfHtml(htmlOfText(text))).toBe(text);
  });

  it('are none when only empty lines are there, but a picture is something', () => {
    expect(isEmptyHtml('<p></p><p><br></p>')).toBe(true);
    expect(isEmptyHtml('<p><img src="/api/v1/attachments/1"></p>')).toBe(false);
  });
});
