import { expect, it } from 'vitest';

import { groupTopics } from './topics.ts';

const question = (words: string) => ({
  said: words,
  words: words.split(' ').map((word) => ({ word, stem: word.replace(/(?:ing|ed|s)$/, '') })),
});
const grouped = (...questions: string[]) =>
  groupTopics(questions.map(question)).map(({ words, questions: of }) => [words, of.length]);

it('questions about the same matter are one topic, however they are bent', () => {
  expect(
    grouped('discount codes', 'student discounts code', 'return parcel', 'discount birthday'),
  ).toEqual([
    [['discount', 'codes'], 2],
    [[], 1],
    [[], 1],
  ]);
});

it('a word alone holds a topic where no two do', () => {
  expect(grouped('trade fair', 'fairs autumn', 'fair tickets', 'sofa')).toEqual([
    [['fair'], 3],
    [[], 1],
  ]);
});

it('what nearly every question has names nothing', () => {
  const lamps = ['red', 'blue', 'old', 'new', 'wet', 'dry', 'cold'].map((how) => `lamp ${how}`);
  expect(grouped(...lamps, 'lamp moth', 'moth holes')).toEqual([
    [['moth'], 2],
    ...lamps.map(() => [[], 1]),
  ]);
});

it('every question is in one topic', () => {
  const all = ['a b', 'a c', 'b c', 'a b c', '', 'd', 'd a'].map(question);
  const found = groupTopics(all).flatMap(({ questions }) => questions);
  expect(found.map(({ said }) => said).toSorted()).toEqual(all.map(({ said }) => said).toSorted());
});

it('a day of hundreds of long questions is grouped at once', () => {
  const many = Array.from({ length: 400 }, (_, at) => ({
    words: Array.from({ length: 24 }, (__, place) => {
      const stem = `w${(at * 31 + place * (at + 7)) % 500}`;
      return { word: stem, stem };
    }),
  }));
  const before = process.cpuUsage();
  const topics = groupTopics(many);
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  expect(topics.flatMap(({ questions }) => questions)).toHaveLength(400);
});
