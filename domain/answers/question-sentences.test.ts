import { expect, test } from 'vitest';
import { QUESTION_CHARS_MAX, questionSentences } from './question-sentences.ts';

test('greetings, addresses, links and markup are no part of the question', () => {
  const mail =
    'Hi,\n<b>where</b> is order 12? Write to eva@post.test or see https://a.test/b.\n\nRegards\nEva';
  const words = questionSentences(mail).join(' ');
  expect(words).toContain('order 12');
  expect(words).not.toMatch(/post|https|regards/i);
});

/** A pattern that tries all ends from all beginnings would take minutes for these. */
test.each(['@', 'a@', 'a.@', '<', '<a', 'a', 'a.', '. ', "'", '&amp', 'www.', '> '])(
  'a question of nothing but %j is read as fast as any other',
  { timeout: 5_000 },
  (part) => {
    const question = part.repeat(QUESTION_CHARS_MAX / part.length);
    expect(questionSentences(question).length).toBeLessThanOrEqual(40);
  },
);
