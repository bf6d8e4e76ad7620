import { describe, expect, it } from 'vitest';
import { articleHtml, articleParts } from './article-parts.ts';

const ARTICLE = `# Care of oiled wood

Oil it **twice**, then wait.

1. Wipe off the dust
   - with a dry cloth
2. Oil once more

---

> Never use water.
`;

describe('the parts of an article', () => {
  it('are its headings, its paragraphs and each item of its lists', () => {
    const parts = articleParts(ARTICLE);
    expect(parts.map(({ kind, list }) => [kind, list])).toEqual([
      ['heading', null],
      ['paragraph', null],
      ['item', 'ol'],
      ['item', 'ol'],
      ['block', null],
    ]);
    expect(parts[1]?.html).toBe('<p>Oil it <strong>twice</strong>, then wait.</p>');
    expect(parts[2]?.html).toContain('with a dry cloth');
    expect(parts[3]?.html).toBe('<li>Oil once more</li>');
  });

  it('run nothing, whatever stands in the article', () => {
    const evil = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '[press](javascript:alert(1))',
      '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    ].join('\n\n');
    const shown = `${articleHtml(evil)}${articleParts(evil)
      .map(({ html }) => html)
      .join('')}`;
    expect(shown).not.toMatch(
      /<script|<img[^>]*onerror|href="javascript|svg\+xml;base64,PHN2Zz4="/i,
    );
    expect(shown).toContain('&lt;script&gt;');
  });
});
