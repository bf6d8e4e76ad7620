import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isAskingWord } from '../answers/asking-words.ts';
import { stripPersonal } from './strip-personal.ts';

const people = {
  names: ['Eleanor Hughes', 'Bo Ek', 'Åsa Lindqvist', 'Customer Service'],
  addresses: ['eleanor.hughes@brightmail.test', 'nell@home.test'],
};
const own = { addresses: ['support@acme.test'], links: ['https://acme.test/help/'] };
const strip = (text: string, language: 'en' | 'sv' = 'en') =>
  stripPersonal(text, { people, own, language });

describe('what is personal', () => {
  const masked: [string, string][] = [
    ['Eleanor Hughes said it is broken.', '[name] said it is broken.'],
    ['It is ELEANOR’s lamp, and hughes is my name.', 'It is [name]’s lamp, and [name] is my name.'],
    ['Write to eleanor.hughes@brightmail.test, please.', 'Write to [e-mail], please.'],
    ['Ask <mailto:bo@else.test> or Bo.', 'Ask [e-mail] or [name].'],
    ['Call +44 (0)20 7946 0958 or 070-123 45 67.', 'Call [phone] or [phone].'],
    ['My order 471 and invoice no. A-77 came.', 'My order [number] and invoice no. [number] came.'],
    [
      'It is order number 100234, parcel SE1234567X.',
      'It is order number [number], parcel [number].',
    ],
    ['My card is 4111 1111 1111 1111.', 'My card is [number].'],
    ['I live at 12 Old Mill Lane, Bristol BS1 4ST.', 'I live at [address].'],
    ['Send it to Stora Nygatan 5B, 111 27 Stockholm.', 'Send it to [address].'],
    ['See https://shop.test/orders/77123?token=abc.', 'See [link].'],
    ['Go to https://shop.test/help/linen?session=77a#top!', 'Go to https://shop.test/help/linen!'],
    ['Open https://shop.test/u/eleanor now', 'Open [link] now'],
    ['The nell@home.test account of Ne\u00ADll', 'The [e-mail] account of [name]'],
  ];
  it.each(masked)('%s', (text, expected) => {
    expect(strip(text)).toBe(expected);
  });

  it('is masked in Swedish for Swedish articles', () => {
    const text = 'Åsas lampa, ordernummer 4711, kom till Björkvägen 3. Ring 08-123 456 78.';
    const expected = '[namn]s lampa, ordernummer [nummer], kom till [adress]. Ring [telefon].';
    expect(strip(text, 'sv')).toBe(expected);
  });

  it('is told from what is not', () => {
    const text =
      'On 2026-11-30 at 14:30 we got 3 lamps of 1000 mm for 1 200 kr with E27 bulbs: ' +
      'write to support@acme.test, see https://acme.test/help/acme/0191aa77b2c3?x=1 or ask customer service. ' +
      'Put it below the bookcase, order 3 shades more, it will last per season.';
    expect(strip(text)).toBe(text);
  });
});

describe('nothing of a participant survives', () => {
  const letters = fc.constantFrom(...'abcdefghijklmnoprstuvyåäöé');
  const word = fc
    .array(letters, { minLength: 4, maxLength: 10 })
    .map((all) => all.join(''))
    .filter((one) => !isAskingWord(one) && !GENERIC.test(one));
  const capital = (one: string) => one[0]?.toUpperCase() + one.slice(1);
  const person = fc.record({
    first: word.map(capital),
    last: word.map(capital),
    phone: fc
      .tuple(fc.constantFrom('070', '+46 70', '(020)', '0046-8'), fc.stringMatching(/^\d{7}$/))
      .map(([begin, rest]) => `${begin} ${rest.slice(0, 3)} ${rest.slice(3, 5)} ${rest.slice(5)}`),
    domain: word.map((one) => `${one.normalize('NFD').replace(/[^a-z]/g, '')}x.test`),
  });
  const around = fc.constantFrom(
    ...['I am ', ', ', '\n', ' and ', '. Call ', ' (', ')', ' <', '> ', ': ', '; my number: '],
    ...[' – ', '\t', ' order 12 ', '"', '/', '…', 's ', ' Hej '],
  );

  it('neither names nor addresses nor numbers, whatever stands around them', () => {
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(around, fc.nat(99), fc.nat(4)), { minLength: 1, maxLength: 20 }),
        (persons, places) => {
          const addressOf = ({ first, domain }: (typeof persons)[number]) => {
            const local = first
              .toLowerCase()
              .normalize('NFD')
              .replace(/[^a-z]/g, '');
            return `${local}x@${domain}`;
          };
          const text = places
            .map(([between, who, what]) => {
              const one = persons[who % persons.length];
              if (!one) return between;
              const { first, last, phone } = one;
              const said = [first, last.toUpperCase(), `${first} ${last}`, addressOf(one), phone];
              return between + (said[what] ?? '');
            })
            .join(' ');
          const stripped = stripPersonal(text, {
            people: {
              names: persons.map(({ first, last }) => `${first} ${last}`),
              addresses: persons.map(addressOf),
            },
            own: { addresses: [], links: [] },
            language: 'en',
          });
          const left = (stripped.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).map((one) => one);
          for (const { first, last, domain } of persons) {
            expect(left).not.toContain(first.toLowerCase());
            expect(left).not.toContain(last.toLowerCase());
            expect(stripped).not.toContain(domain);
          }
          expect(stripped.replaceAll(/\border 12\b/g, '')).not.toMatch(/\d{3}/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Words that the test itself puts around. */
const GENERIC = /^(call|number|order|name|mail|phone|address|link)$/;
