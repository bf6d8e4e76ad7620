import { expect, test } from 'vitest';
import { quoteHeading } from './quote-heading.ts';
import { splitQuote } from './quote.ts';

const AT = '2025-11-18T09:05:59.123Z';

test('names the day, the time with its zone, and the writer', () => {
  expect(quoteHeading({ from: 'Bo Åke', at: AT })).toBe(
    'On Tue, 18 Nov 2025 at 09:05 UTC, Bo Åke wrote:',
  );
  expect(quoteHeading({ from: '', at: AT })).toMatch(/UTC, the sender wrote:$/);
});

test.each(['Bo Åke', 'bo@b.example', 'On: wrote:', 'x'.repeat(5_000), 'a\nb'])(
  'is known as the beginning of a quotation when an answer to it comes back (%.20s)',
  (from) => {
    const heading = quoteHeading({ from, at: AT });
    expect(heading).not.toContain('\n');
    expect(splitQuote(`Yes.\n\n${heading}\n> Sure?`)).toMatchObject({ replyText: 'Yes.' });
  },
);
