import { expect, test } from 'vitest';

import { englishStories } from './english-stories.ts';
import { letter } from './story.ts';
import { swedishStories } from './swedish-stories.ts';
import { readWrittenText, readWrittenTexts } from './written-texts.ts';

const ids = {
  agents: { anna: 'a', bo: 'b', sara: 's' },
  teams: { Support: 'x', Billing: 'y' },
};

function allStories() {
  const date = () => '2030-01-02T09:00:00.000Z';
  return [...englishStories(ids, date), ...swedishStories(ids, date)];
}

test('a letter is wrapped for the eye in the source, and flows in the mail', () => {
  expect(
    letter(`
      Hello,

      one line
      that goes on.

      Kind regards, |
      Bo`),
  ).toBe('Hello,\n\none line that goes on.\n\nKind regards,\nBo');
});

test('a written text has a title, perhaps labels, and a body', () => {
  expect(readWrittenText('# Title\nlabels: a, b\n\nBody.\n')).toEqual({
    title: 'Title',
    labels: ['a', 'b'],
    body: 'Body.',
  });
  expect(() => readWrittenText('Body.')).toThrow('# Title');
});

test('there are at least twelve articles in English, each with a title of its own', () => {
  const articles = [...readWrittenTexts('articles/en'), ...readWrittenTexts('articles/sv')];
  expect(readWrittenTexts('articles/en').length).toBeGreaterThanOrEqual(12);
  expect(new Set(articles.map(({ title }) => title)).size).toBe(articles.length);
});

test('eight customers write, each from an address of their own', () => {
  const stories = allStories();
  expect(stories).toHaveLength(8);
  expect(new Set(stories.map(({ customer }) => customer.email)).size).toBe(8);
});

test('at the first sign-in each agent has a ticket that is open', () => {
  const owners = allStories().flatMap(({ steps }) => {
    const posts = steps.filter((step) => 'post' in step);
    if (posts.some(({ post }) => ['pend', 'solve'].includes(post))) return [];
    return posts.flatMap(({ by, post, body }) => {
      if (post === 'claim') return [by];
      return post === 'assign' ? Object.values(body) : [];
    });
  });
  expect(owners.sort()).toEqual(['anna', 'bo', 's']);
});
