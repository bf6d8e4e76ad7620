import { describe, expect, it } from 'vitest';
import { keyCaps, strokeOf, type Press } from './strokes.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('a press', () => {
  it('is a letter whatever the case, and Shift is named', () => {
    expect(strokeOf(press('j'), false)).toBe('j');
    expect(strokeOf(press('J'), false)).toBe('j');
    expect(strokeOf(press('X', { shiftKey: true }), false)).toBe('Shift+x');
  });

  it('is the sign that it makes, on keyboards where that needs Shift and where not', () => {
    expect(strokeOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(strokeOf(press('/', { shiftKey: true, ctrlKey: true }), false)).toBe('Mod+/');
  });

  it('takes Ctrl for commands, and Cmd on a Mac', () => {
    expect(strokeOf(press('k', { ctrlKey: true }), false)).toBe('Mod+k');
    expect(strokeOf(press('k', { metaKey: true }), true)).toBe('Mod+k');
    expect(strokeOf(press('k', { ctrlKey: true }), true)).toBeNull();
    expect(strokeOf(press('k', { metaKey: true }), false)).toBeNull();
    expect(strokeOf(press('k', { altKey: true }), false)).toBeNull();
  });
});

describe('the labels of keys', () => {
  it('are those of the keyboard', () => {
    expect(keyCaps('Mod+Enter', true)).toEqual(['⌘↵']);
    expect(keyCaps('Mod+Enter', false)).toEqual(['Ctrl ↵']);
    expect(keyCaps('Shift+x', false)).toEqual(['⇧X']);
    expect(keyCaps('g o', false)).toEqual(['G', 'O']);
    expect(keyCaps('Escape', false)).toEqual(['Esc']);
  });
});
