import fc from 'fast-check';
import { expect, it } from 'vitest';

import { draftArticle, LETTER_CHARS_MAX } from './article-draft.ts';

/** Bounded, so that the tests stay quick. */
const RUNS = 40;

/** It takes some thirty; a pattern that looks twice takes seconds. */
const SPENT_MS_MAX = 400;

/** What the patterns begin with, go on with, and are let down by. */
const PIECES = [
  ...['a', 'A', '1', '@', '.', '-', '/', '(', '[', ']', '#', '+', ',', '!', ' ', '\t', '\n', "'"],
  ...[
    'a.',
    'A.',
    'Ab ',
    'a@',
    '@a.',
    '1 ',
    '1-',
    '1.',
    '(1',
    'a1',
    'a-1',
    '[a',
    '[name] ',
    '[name],',
  ],
  ...['12 A', 'Old Mill ', 'gatan', 'Storgatan ', 'vägen', 'straße ', 'Box ', '123 45 ', 'BS1 '],
  ...['order', 'order ', 'order no. ', 'order-', 'mailto:', 'https://', 'www.', 'https://a/1'],
  ...['best', 'best ', 'best regards ', 'thanks ', 'hej ', 'dear ', '-- \n', '> ', 'Re: ', '[#1]'],
];
const piece = fc.constantFrom(...PIECES);
const repeated = fc.oneof(
  piece.map((one) => [one]),
  fc.array(piece, { minLength: 2, maxLength: 4 }),
);
const hostile = fc
  .tuple(fc.array(piece, { maxLength: 3 }), repeated, fc.array(piece, { maxLength: 3 }))
  .map(([begin, middle, end]) => {
    const [before, again, after] = [begin, middle, end].map((all) => all.join(''));
    return `${before}${(again ?? '').repeat(LETTER_CHARS_MAX)}`.slice(0, LETTER_CHARS_MAX) + after;
  });

function draftMs(text: string): number {
  const before = process.cpuUsage();
  draftArticle({
    subject: text.slice(0, 500),
    question: text,
    answers: [text.slice(-LETTER_CHARS_MAX)],
    people: { names: ['Eleanor Hughes'], addresses: ['eleanor@brightmail.test'] },
    own: { addresses: ['support@acme.test'], links: ['https://acme.test/help/'] },
    language: 'en',
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

it('letters that were made to take long are read through in bounded time', () => {
  for (const one of PIECES) {
    const all = one.repeat(LETTER_CHARS_MAX).slice(0, LETTER_CHARS_MAX);
    for (const text of [all, `x${all}x`, `best${all}(`, `x\n\n12${all}(`]) {
      expect(draftMs(text), JSON.stringify(text.slice(0, 30))).toBeLessThan(SPENT_MS_MAX);
    }
  }
  fc.assert(
    fc.property(hostile, (text) => {
      expect(draftMs(text), JSON.stringify(text.slice(0, 30))).toBeLessThan(SPENT_MS_MAX);
    }),
    { numRuns: RUNS },
  );
}, 120_000);

it('a conversation of the longest letters takes no longer than an article of them', () => {
  const answers = Array.from({ length: 100 }, () => 'a.'.repeat(500_000));
  const before = process.cpuUsage();
  draftArticle({
    subject: 'x',
    question: answers[0] ?? '',
    answers,
    people: { names: [], addresses: [] },
    own: { addresses: [], links: [] },
    language: 'en',
  });
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
});
