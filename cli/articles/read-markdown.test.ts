import { expect, test } from 'vitest';

import { linkedPlaces, moveLinks, readMarkdown } from './read-markdown.ts';

test('front matter says title, labels and language; folders are labels too', () => {
  const head = '---\ntitle: "Returns: how?"\nlabels: [refund, "money back"]\nlanguage: sv\n---\n';
  const text = `${head}# Hello\n\nSend it.\n`;
  expect(readMarkdown('orders/late/returns.md', text)).toEqual({
    title: 'Returns: how?',
    body: '# Hello\n\nSend it.',
    labels: ['orders', 'late', 'refund', 'money back'],
    language: 'sv',
  });
  const list = '---\r\ntags:\r\n  - a\r\n  - b\r\ndraft: true\r\n---\r\n# T #\r\n\r\nx';
  expect(readMarkdown('t.md', list)).toMatchObject({ title: 'T', body: 'x', labels: ['a', 'b'] });
});

test('without it the first heading is the title, and else the name of the file', () => {
  expect(readMarkdown('a.md', '\n# How long? \n\nTwo days.\n')).toEqual({
    title: 'How long?',
    body: 'Two days.',
    labels: [],
    language: null,
  });
  expect(readMarkdown('sub/how-long_is-it.md', 'Two days.\n\n# Late\n\nx')).toMatchObject({
    title: 'How long is it',
    body: 'Two days.\n\n# Late\n\nx',
  });
  const twice = '---\ntitle: Same\n---\n# Same\n\nx';
  expect(readMarkdown('a.md', twice)).toMatchObject({ title: 'Same', body: 'x' });
});

const BODY = [
  'See ![the ring](../images/a%20b.png "Ring"), [more](other.md#steps), [us](https://acme.test/x.png)',
  'and [out](../../../etc/passwd), [top](#top).',
  '```',
  '![code](../images/a.png)',
  '```',
].join('\n');

test('links within the folder are found and led elsewhere, and no others', () => {
  expect(linkedPlaces('orders/a.md', BODY)).toEqual(['images/a b.png', 'orders/other.md']);
  const moved = new Map([
    ['images/a b.png', 'attachment:1'],
    ['orders/other.md', 'https://desk.test/help/acme/2'],
    ['images/a.png', 'attachment:3'],
  ]);
  const [first, ...rest] = moveLinks('orders/a.md', BODY, moved).split('\n');
  expect(first).toBe(
    'See ![the ring](attachment:1 "Ring"), [more](https://desk.test/help/acme/2#steps), ' +
      '[us](https://acme.test/x.png)',
  );
  expect(rest.join('\n')).toBe(BODY.split('\n').slice(1).join('\n'));
});
