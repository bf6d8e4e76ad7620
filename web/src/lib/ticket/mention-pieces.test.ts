import { describe, expect, it } from 'vitest';
import { mentionBefore, mentionPieces } from './mention-pieces.ts';

describe('mentions in a note', () => {
  it('stand out by whole and by first name, and nothing else does', () => {
    const pieces = mentionPieces('Ask @Bo Lindqvist, @anna or @Bobby (bo@x.test).', [
      'Bo Lindqvist',
      'Anna Berg',
    ]);
    expect(pieces.filter(({ mention }) => mention).map(({ text }) => text)).toEqual([
      '@Bo Lindqvist',
      '@anna',
    ]);
    expect(pieces.map(({ text }) => text).join('')).toBe(
      'Ask @Bo Lindqvist, @anna or @Bobby (bo@x.test).',
    );
    expect(mentionPieces('Nobody @here', [])).toEqual([{ text: 'Nobody @here', mention: false }]);
  });

  it('are offered from the @ that is being typed', () => {
    expect(mentionBefore('Ask @an', 7)).toEqual({ from: 4, typed: 'an' });
    expect(mentionBefore('@', 1)).toEqual({ from: 0, typed: '' });
    expect(mentionBefore('Ask @Anna Be', 12)).toEqual({ from: 4, typed: 'Anna Be' });
    expect(mentionBefore('mail a@b', 8)).toBeNull();
    expect(mentionBefore('@Anna Berg it is', 16)).toBeNull();
  });
});
