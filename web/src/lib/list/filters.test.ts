import { describe, expect, it } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { filterWords } from './filter-words.ts';
import { readFilters, withFilter, withoutFilter, type Filter } from './filters.ts';
import { listOf, savedFrom } from './saved-query.ts';
import { listPath, readListQuery, ticketPath, ticketQuery } from './views.ts';

const read = (text: string) => readFilters(new URLSearchParams(text));

describe('filters in an address', () => {
  it('come back in their order, and with the ticket that is opened from the list', () => {
    const address = 'sort=waiting&q=lumen+40&mailbox=m1&label=damaged&label=lamp&turn=ours';
    const query = readListQuery('open', new URLSearchParams(address));
    expect(listPath(query)).toBe(`/open?${address}`);
    expect(ticketPath(7, query)).toBe(`/tickets/7?${address}&view=open`);
  });

  it('are asked of the API by the same words, several labels in one list', () => {
    const query = readListQuery('search', new URLSearchParams('label=a&label=b&state=open'));
    expect(ticketQuery(query)).toEqual({
      view: 'all',
      sort: 'newest',
      q: '',
      label: ['a', 'b'],
      state: ['open'],
    });
  });

  it('that the API would refuse are left out', () => {
    const kept = 'createdFrom=yesterday&number=0&state=lost&turn=mine&unread=1&waitingHours=9999';
    expect(read(`${kept}&colour=red&label=`)).toEqual([]);
    expect(read('number=7&solvedBefore=2026-11-20T00:00:00Z')).toHaveLength(2);
  });
});

describe('a chip', () => {
  const team: Filter = { key: 'team', value: 't1' };

  it('takes the place of another of its kind, but labels add up', () => {
    const filters = read('team=t0&label=a');
    expect(withFilter(filters, team)).toEqual([team, { key: 'label', value: 'a' }]);
    expect(withFilter(filters, { key: 'label', value: 'b' })).toHaveLength(3);
    expect(withFilter(filters, { key: 'label', value: 'a' })).toHaveLength(2);
  });

  it('is taken away alone', () => {
    expect(withoutFilter(read('label=a&label=b'), { key: 'label', value: 'a' })).toEqual([
      { key: 'label', value: 'b' },
    ]);
  });

  it('says its kind and what it names, or that nobody knows yet', () => {
    const words = (filter: Filter, name: string | null = null) => {
      const { what, value } = filterWords(filter, name, english);
      return `${what} | ${value}`;
    };
    expect(words({ key: 'mailbox', value: 'm1' }, 'support@acme.test')).toBe(
      'Mailbox is | support@acme.test',
    );
    expect(words(team)).toBe('Team is | …');
    expect(words({ key: 'waitingHours', value: '4' })).toBe('Waiting | over 4 hours');
    const value = new Date(2026, 10, 20).toISOString();
    expect(words({ key: 'createdBefore', value })).toBe('Created | before 20 Nov');
  });
});

describe('a saved view', () => {
  it('gives back the list that it was saved from', () => {
    const address = 'sort=waiting&q=lumen&unread=true&label=a&label=b&waitingHours=4';
    const list = readListQuery('open', new URLSearchParams(address));
    const saved = { id: 'v', name: '', shared: false, agent: { id: 'a', name: '' }, count: null };
    const { view, query } = savedFrom(list);
    expect(query).toMatchObject({ unread: true, label: ['a', 'b'], waitingHours: 4 });
    expect(listPath(listOf({ ...saved, view, query }))).toBe(listPath(list));
    const search = readListQuery('search', new URLSearchParams('state=open'));
    expect(listPath(listOf({ ...saved, ...savedFrom(search) }))).toBe('/search?state=open');
  });
});
