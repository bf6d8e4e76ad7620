import { expect, test } from 'vitest';
import { helpBases } from './help-groups.ts';
import type { ListedArticle } from './help-types.ts';

let made = 0;

function article(base: string, ...labels: string[]): ListedArticle {
  made += 1;
  return {
    id: `a${made}`,
    title: `Title ${made}`,
    language: 'en',
    labels,
    knowledgeBase: { id: base, name: base },
    updatedAt: '2026-11-19T00:00:00.000Z',
  };
}

const shape = (articles: ListedArticle[]) =>
  helpBases(articles).map(({ base, groups }) => [
    base.name,
    ...groups.map(({ label, articles: within }) => [label, within.length]),
  ]);

test('a few articles of a knowledge base stand in one list', () => {
  const few = [article('Lamps', 'care'), article('Lamps'), article('Shop', 'care')];
  expect(shape(few)).toEqual([
    ['Lamps', [null, 2]],
    ['Shop', [null, 1]],
  ]);
});

test('many stand below their largest label, each once, and the rest last', () => {
  const many = [
    ...Array.from({ length: 4 }, () => article('Lamps', 'wiring')),
    ...Array.from({ length: 3 }, () => article('Lamps', 'care')),
    article('Lamps', 'care', 'wiring'),
    article('Lamps', 'alone'),
    article('Lamps'),
  ];
  expect(shape(many)).toEqual([['Lamps', ['care', 3], ['wiring', 5], [null, 2]]]);
});
