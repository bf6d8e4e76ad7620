import { describe, expect, it } from 'vitest';
import { ticketItem } from '../../../tests/ticket-item.ts';
import { PlaceInList } from './place-in-list.ts';

const listOf = (...numbers: number[]) => numbers.map((number) => ticketItem({ number }));

describe('the place of an open ticket in its list', () => {
  it('has a ticket before and after, and none beyond the ends', () => {
    const items = listOf(1, 2, 3);
    expect(new PlaceInList(() => items, 2)).toMatchObject({ place: 1, next: 3, previous: 1 });
    expect(new PlaceInList(() => items, 3).next).toBeNull();
    expect(new PlaceInList(() => items, 1).previous).toBeNull();
  });

  it('is remembered when the ticket has left the list', () => {
    let items = listOf(1, 2, 3, 4);
    const place = new PlaceInList(() => items, 2);
    items = listOf(1, 4);
    expect(place).toMatchObject({ place: -1, next: 4, previous: 1 });
    items = listOf();
    expect(place.next).toBeNull();
  });

  it('is before all others for a ticket that was never in the list', () => {
    const items = listOf(5, 6);
    expect(new PlaceInList(() => items, 1)).toMatchObject({ place: -1, next: 5, previous: null });
  });
});
