import { describe, expect, it } from 'vitest';
import { htmlToPlainText, plainTextToHtml, sanitiseMailHtml } from './html.ts';

const shown = (html: string) => sanitiseMailHtml(html, { remoteImages: 'hold' }) ?? '';

describe('the HTML that is shown', () => {
  it('runs nothing and loads nothing by itself', () => {
    const hostile = [
      '<script>x</script><style>p{background:url(//t)}</style><link rel=stylesheet href=//t>',
      '<img src="https://t.example/a.png" srcset="https://t.example/b.png 2x" onerror=x()>',
      '<img src="//t.example/a.png"><img src="data:image/svg+xml;base64,AA"><img src="/a.png">',
      '<img data-remote-src="javascript:x()"><input type=image src="https://t.example/i.png">',
      '<table background="https://t.example/t.png"><video poster="https://t.example/p.png">',
      '<div style="background:url(https://t.example/s.png);position:fixed;width:expression(x())">',
      '<svg><image xlink:href="https://t.example/s.png"/></svg><iframe src="https://t.example">',
      '<a href="javascript:x()">a</a><a href=" java\nscript:x()">b</a><form action="https://t">',
      '<a href="data:text/html,<script>x</script>">c</a><base href="https://t.example/">',
    ];
    for (const html of hostile) {
      const safe = shown(html).replace(/data-remote-src="https?:[^"]*"/g, '');
      expect(safe, html).not.toMatch(/t\.example|javascript|script|style=|on\w+=|svg|srcset|data:/);
    }
  });

  it('keeps what makes a mail readable', () => {
    const html =
      '<table width="600" bgcolor="#ffffff"><tr><td colspan="2" style="padding:4px;' +
      'color:rgb(1, 2, 3);font-family:&quot;Segoe UI&quot;, Arial"><b>Hi</b></td></tr></table>';
    expect(shown(html)).toContain('padding:4px;color:rgb(1, 2, 3);font-family:');
    expect(shown('<img src="cid:a@b" alt="Logo" width="20">')).toBe(
      '<img alt="Logo" width="20" src="cid:a@b" />',
    );
    expect(shown('<a href="https://a.example/?x=1&amp;y=2" target="_top">x</a>')).toBe(
      '<a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">x</a>',
    );
  });

  it('keeps the color of a background, and nothing else of it', () => {
    const styled = (style: string) => shown(`<a style="${style}">x</a>`);
    expect(styled('color:#fff;background:#0f6454')).toContain(
      'color:#fff;background-color:#0f6454',
    );
    expect(styled('background: navy !important')).toContain('background-color:navy');
    const loaded = styled('background:url(//t.example/#abc) no-repeat rgb(1, 2, 3)');
    expect(loaded).toContain('"background-color:rgb(1, 2, 3)"');
    expect(styled('background:url(//t.example/a.png) center')).not.toContain('style');
  });

  it('holds remote images back with their address, or keeps them for our own mail', () => {
    const html = '<img src="//t.example/a.png" />';
    expect(shown(html)).toBe('<img data-remote-src="https://t.example/a.png" />');
    expect(sanitiseMailHtml(html, { remoteImages: 'keep' })).toBe(
      '<img src="https://t.example/a.png" />',
    );
  });

  it('marks the quoted mail of each mail program, and nobody else may', () => {
    for (const html of [
      '<div class="x gmail_quote">q</div>',
      '<blockquote type="cite">q</blockquote>',
      '<div id="divRplyFwdMsg">q</div>',
      '<div class="yahoo_quoted">q</div>',
      '<div class="moz-cite-prefix">q</div>',
    ]) {
      expect(shown(html), html).toContain('data-quote');
    }
    expect(shown('<div data-quote>mine</div>')).toBe('<div>mine</div>');
  });

  it('is nothing when it is too large or too complex, and its text is still there', () => {
    const deep = `${'<div>'.repeat(40_000)}deep`;
    expect(sanitiseMailHtml(deep, { remoteImages: 'hold' })).toBeNull();
    expect(htmlToPlainText(deep)).toBe('deep');
    expect(shown(`${'<div>'.repeat(1_000)}deep`)).toContain('deep');
  });
});

describe('the text of HTML', () => {
  it('reads as a person would read it', () => {
    const html =
      '<style>p{}</style><h1>Order</h1><p>One<br>two <a href="https://x.example">link</a></p>' +
      '<table><tr><td>Printer</td><td>1</td></tr></table><blockquote>old<br>mail</blockquote>';
    expect(htmlToPlainText(html)).toBe(
      'Order\n\nOne\ntwo link <https://x.example>\n\nPrinter 1\n\n> old\n> mail',
    );
  });
});

describe('text as HTML', () => {
  it('keeps lines, escapes and links', () => {
    expect(plainTextToHtml('a < b\nsee https://x.example/a?b=1&c=2.')).toBe(
      'a &lt; b<br>\nsee <a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>.',
    );
    const before = performance.now();
    plainTextToHtml(`http://${'.'.repeat(1_900)}x `.repeat(500));
    expect(performance.now() - before).toBeLessThan(500);
  });
});
