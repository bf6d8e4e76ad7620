import { describe, expect, it } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { Dates } from '../time/dates.ts';
import { beginningOf } from './filter-days.ts';
import { markedParts } from './marked-parts.ts';
import type { Material } from './offers.ts';
import { soughtCustomer, typedOffers } from './typed-offers.ts';
import type { View } from './views.ts';

const say = { ...english, dates: new Dates('en-GB', 'Europe/Stockholm', english.t.time) };
const now = Date.parse('2026-11-24T10:00:00Z');
const agent = (id: string, name: string) =>
  ({ id, name, email: `${id}@acme.test`, role: 'agent' }) as const;

const material: Material = {
  labels: [
    { id: 'l1', name: 'damaged' },
    { id: 'l2', name: 'försenad' },
  ],
  agents: [agent('anna', 'Anna Berg'), agent('bo', 'Bo Lindqvist')],
  teams: [{ id: 't1', name: 'Billing' }],
  mailboxes: [{ id: 'm1', address: 'support@acme.test', name: 'Acme' }],
  customers: [{ id: 'c1', name: 'Eleanor Hughes', email: 'eleanor@brightmail.test' }],
};

/** Each offer as `key=value`, with what stays typed behind it. */
const offered = (typed: string, view: View = 'solved') =>
  typedOffers({ typed, view, material, now, say }).map(
    ({ filter, rest }) => `${filter.key}=${filter.value}${rest === '' ? '' : ` (${rest})`}`,
  );

describe('what is typed into the search', () => {
  it('offers what the last words name, and leaves the others as words', () => {
    expect(offered('lumen dam')).toEqual(['label=l1 (lumen)']);
    expect(offered('lumen eleanor hu')).toEqual(['customer=c1 (lumen)']);
    expect(offered('lumen')).toEqual([]);
  });

  it('offers people as owners, and as solvers where solved tickets stand', () => {
    expect(offered('anna')).toEqual(['owner=anna', 'solver=anna']);
    expect(offered('anna', 'open')).toEqual(['owner=anna']);
  });

  it('offers everything of a kind that is named, in its own words too', () => {
    expect(offered('label:')).toEqual(['label=l1', 'label=l2']);
    expect(offered('lumen solved by: bo')).toEqual(['solver=bo (lumen)']);
    expect(offered('mailbox: supp')).toEqual(['mailbox=m1']);
  });

  it('finds names without their accents', () => {
    expect(offered('forse')).toEqual(['label=l2']);
  });

  it('reads days in the agent’s zone, backwards from today', () => {
    expect(offered('20 nov', 'open')).toEqual([
      'createdFrom=2026-11-19T23:00:00.000Z',
      'createdBefore=2026-11-19T23:00:00.000Z',
    ]);
    expect(offered('created: 2026-06-30', 'open')[0]).toBe('createdFrom=2026-06-29T22:00:00.000Z');
    expect(offered('created: yesterday', 'open')[0]).toBe('createdFrom=2026-11-22T23:00:00.000Z');
    expect(beginningOf('2026-13-45x', 'Europe/Stockholm')).toBeNull();
  });

  it('looks customers up by the word that is being typed', () => {
    expect([soughtCustomer('lumen ele'), soughtCustomer('customer:ele')]).toEqual(['ele', 'ele']);
    expect(soughtCustomer('a')).toBe('');
  });
});

describe('what was found', () => {
  it('is marked wherever one of the words stands', () => {
    const parts = markedParts('My Lumen (40) is a lumen.', 'lumen (40)');
    expect(parts.filter(({ found }) => found).map(({ text }) => text)).toEqual([
      'Lumen',
      '(40)',
      'lumen',
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe('My Lumen (40) is a lumen.');
  });
});
