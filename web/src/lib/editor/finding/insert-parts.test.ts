import { expect, test } from 'vitest';
import { htmlOfLink, htmlOfParts } from './insert-parts.ts';

test('ticked parts stand in an answer as they did in the article, headings as plain lines', () => {
  const html = htmlOfParts([
    { kind: 'heading', list: null, html: '<h2>Care</h2>' },
    { kind: 'item', list: 'ol', html: '<li>Wipe</li>' },
    { kind: 'item', list: 'ol', html: '<li>Oil</li>' },
    { kind: 'paragraph', list: null, html: '<p>Wait.</p>' },
  ]);
  expect(html).toBe('<p><strong>Care</strong></p><ol><li>Wipe</li><li>Oil</li></ol><p>Wait.</p>');
});

test('a link keeps to its title, whatever stands in it', () => {
  expect(htmlOfLink('A <b>"', 'https://x.test/?a&b')).toBe(
    '<a href="https://x.test/?a&amp;b">A &lt;b&gt;&quot;</a> ',
  );
});
