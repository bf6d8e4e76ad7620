import { expect, it } from 'vitest';
import { signInPath } from './load.ts';

it('leads back to where the session ended, however many calls were refused then', () => {
  const first = signInPath({ pathname: '/tickets/7', search: '?view=open' });
  expect(first).toBe('/login?next=%2Ftickets%2F7%3Fview%3Dopen');
  const [pathname = '', query = ''] = first.split('?');
  expect(signInPath({ pathname, search: `?${query}` })).toBe(first);
});
