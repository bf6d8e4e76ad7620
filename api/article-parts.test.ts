import { describe, expect, it } from 'vitest';
import { agentsFile, articleHtml, articleParts, helpFile } from './article-parts.ts';

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
    const parts = articleParts(ARTICLE, agentsFile);
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
    const shown = `${articleHtml(evil, agentsFile)}${articleParts(evil, agentsFile)
      .map(({ html }) => html)
      .join('')}`;
    expect(shown).not.toMatch(
      /<script|<img[^>]*onerror|href="javascript|svg\+xml;base64,PHN2Zz4="/i,
    );
    expect(shown).toContain('&lt;script&gt;');
  });
});

describe('the files of an article', () => {
  const body = '![The ring](attachment:1-a), see [the *plan*](attachment:2-b).';

  it('are where the reader gets them', () => {
    const agents = articleHtml(body, agentsFile);
    expect(agents).toContain('<img alt="The ring" src="/api/v1/attachments/1-a"');
    expect(agents).toContain('href="/api/v1/attachments/2-b"');
    const customers = articleHtml(body, helpFile('acme'));
    expect(customers).toContain('src="/api/v1/help/acme/files/1-a"');
    const [sent] = articleParts(body, helpFile('acme', 'https://desk.test'));
    expect(sent?.html).toContain('src="https://desk.test/api/v1/help/acme/files/1-a"');
    expect(sent?.html).toContain('href="https://desk.test/api/v1/help/acme/files/2-b"');
  });

  it('are left out where the reader cannot get them, but for their names', () => {
    const [part] = articleParts(body, () => null);
    expect(part?.html).toBe('<p>The ring, see the <em>plan</em>.</p>');
  });

  it('are the only pictures of this server', () => {
    const others = articleHtml('![x](/api/v1/session) ![y](cid:z)', agentsFile);
    expect(others).not.toContain('/api/v1/session');
  });
});
