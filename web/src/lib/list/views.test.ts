import { describe, expect, it } from 'vitest';
import { listPath, readListQuery, ticketPath, viewOf } from './views.ts';

describe('the address of a list', () => {
  it('keeps sort and filters, and leaves out what is usual', () => {
    const query = readListQuery('solved', new URLSearchParams('q=lumen&label=damaged&sort=newest'));
    expect(listPath(query)).toBe('/solved?q=lumen&label=damaged');
    expect(listPath(readListQuery('open', new URLSearchParams()))).toBe('/open');
  });

  it('goes with a ticket, so that the same list stands beside it', () => {
    const query = readListQuery('open', new URLSearchParams('sort=waiting'));
    expect(ticketPath(7, query)).toBe('/tickets/7?sort=waiting&view=open');
  });

  it('knows no other view', () => {
    expect([viewOf('team'), viewOf('trash')]).toEqual(['team', undefined]);
  });
});
