import { describe, expect, it } from 'vitest';
import { fits } from './match.ts';

function best(typed: string, ...texts: string[]): string | undefined {
  const scored = texts.flatMap((text) => {
    const score = fits(typed, text);
    return score === null ? [] : [{ text, score }];
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.text;
}

describe('what is typed into the palette', () => {
  it('finds by the beginnings of words, in any order', () => {
    expect(fits('bo ass', 'Assign to Bo Lindqvist')).not.toBeNull();
    expect(fits('bo ass', 'Assign to Sara Holm')).toBeNull();
  });

  it('needs no accents, and no capital letters', () => {
    expect(fits('GORAN ostlund', 'Göran Östlund')).not.toBeNull();
  });

  it('forgives letters that are left out', () => {
    expect(fits('asgn', 'Assign to Bo')).not.toBeNull();
    expect(fits('slv', 'Solve, no summary')).not.toBeNull();
  });

  it('does not find everything by a few letters', () => {
    expect(fits('fri', 'Reply to the customer of Friberg')).not.toBeNull();
    expect(fits('ron', 'Reopen')).not.toBeNull();
    expect(fits('ron', 'Assign to no one')).toBeNull();
  });

  it('prefers whole words, then beginnings, then the middle', () => {
    expect(best('solve', 'Unsolved things', 'Solved', 'Solve')).toBe('Solve');
    expect(best('sol', 'Unsolved', 'Solved')).toBe('Solved');
  });

  it('finds everything when nothing is typed', () => {
    expect(fits('  ', 'Anything')).not.toBeNull();
  });
});
