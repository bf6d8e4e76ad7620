import { expect, test } from 'vitest';

import { english } from '../../../tests/speech.ts';
import { words } from '../i18n/en/index.ts';
import { Dates } from '../time/dates.ts';
import { optionsAfter, sendWords } from './after-send.ts';

const NOW = Date.parse('2026-11-20T15:30:00Z');

test('a canned response says what its sending does, and the button says so', () => {
  const say = { ...english, dates: new Dates('en-GB', 'Europe/Stockholm', words.time) };
  expect(optionsAfter(null, NOW, say)).toEqual({});
  const solve = { solve: { summary: true } };
  expect(optionsAfter(solve, NOW, say)).toEqual({ then: solve });
  expect(sendWords(solve, say)).toBe('Send and solve with summary');
  const pend = { pend: { days: 3 } };
  const until = '2026-11-23T08:00:00.000Z';
  expect(optionsAfter(pend, NOW, say)).toEqual({ then: { pend: { until } } });
  expect(sendWords(pend, say)).toBe('Send and pend for 3 days');
});
