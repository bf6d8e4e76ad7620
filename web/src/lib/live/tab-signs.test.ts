import { describe, expect, it } from 'vitest';
import { faviconWith, titleWith } from './tab-signs.ts';

describe('the tab', () => {
  it('counts what waits before the name of the page', () => {
    expect(titleWith('Open · Postkeep', 3)).toBe('(3) Open · Postkeep');
    expect(titleWith('(3) Open · Postkeep', 4)).toBe('(4) Open · Postkeep');
    expect(titleWith('(99+) Open · Postkeep', 0)).toBe('Open · Postkeep');
    expect(titleWith('#7 (Two) lamps', 120)).toBe('(99+) #7 (Two) lamps');
  });

  it('has a badge only while something waits', () => {
    expect(faviconWith(0)).toBe('/favicon.svg');
    expect(decodeURIComponent(faviconWith(12))).toContain('>12</text>');
  });
});
