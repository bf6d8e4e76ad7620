import { expect, test } from 'vitest';
import { shownPassage } from './shown-passage.ts';

const text = (passage: string, asked: string) =>
  shownPassage(passage, asked)
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join('');

test('the words that were asked for are marked, but for those that stand everywhere', () => {
  expect(text('Turn the ring to the left.', 'is the ring to turn?')).toBe(
    '[Turn] [the] [ring] to [the] left.',
  );
  expect(text('Turn it.', '<b>.*')).toBe('Turn it.');
  expect(text('Screws show how.', 'how?')).toBe('Screws show [how].');
});

test('a long passage begins shortly before the first of them and ends with a whole word', () => {
  const dust = 'Dust lies on all of it. '.repeat(30);
  const passage = `${dust}Then the zebra comes. ${dust}`;
  const shown = text(passage, 'zebra');
  expect(shown).toMatch(/^… .+\[zebra\] comes\. .+ …$/);
  expect(shown.length).toBeLessThan(300);
  expect(text('x'.repeat(900), 'zebra').length).toBeLessThan(300);
});
