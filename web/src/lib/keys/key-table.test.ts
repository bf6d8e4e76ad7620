import { describe, expect, it } from 'vitest';
import { words as english } from '../i18n/en/index.ts';
import { words as swedish } from '../i18n/sv/index.ts';
import { beginsPair, commandsOf, KEY_ROWS } from './key-table.ts';

describe('the table of keys', () => {
  it('gives each key to one command', () => {
    const strokes = KEY_ROWS.filter((row) => !row.inEditor).flatMap((row) => row.strokes);
    expect(strokes.filter((stroke) => commandsOf(stroke).length !== 1)).toEqual([]);
  });

  it('has no key of its own that begins a pair', () => {
    const strokes = KEY_ROWS.flatMap((row) => row.strokes);
    expect(strokes.filter(beginsPair)).toEqual([]);
    expect(beginsPair('g')).toBe(true);
  });

  it('is said in every language, each command in words of its own', () => {
    for (const { keys } of [english, swedish]) {
      const said = KEY_ROWS.map(({ command }) => keys.commands[command]);
      expect(new Set(said).size).toBe(KEY_ROWS.length);
    }
  });
});
