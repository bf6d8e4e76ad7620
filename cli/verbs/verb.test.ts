import { describe, expect, test } from 'vitest';

import { printRows, readWords, UsageError } from './verb.ts';
import type { Tools } from './verb.ts';

describe('words of a call', () => {
  const allowed = { options: ['name'], lists: ['team'], flags: ['json'] };

  test('are told apart into plain words, options, lists and flags', () => {
    const given = readWords(
      ['add', 'a@b.test', '--name', 'Eva', '--team', 'x', '--team', 'y', '--json'],
      allowed,
    );
    expect(given.words).toEqual(['add', 'a@b.test']);
    expect(given.need('name')).toBe('Eva');
    expect(given.all('team')).toEqual(['x', 'y']);
    expect(given.flag('json')).toBe(true);
  });

  test('that nobody knows, or that lack their value, are refused by name', () => {
    expect(() => readWords(['--colour', 'red'], allowed)).toThrow(/--colour/);
    expect(() => readWords(['--name'], allowed)).toThrow(UsageError);
    expect(() => readWords([], allowed).need('name')).toThrow('--name is missing');
  });
});

describe('rows', () => {
  const printed = (rows: object[], json: boolean): string[] => {
    const lines: string[] = [];
    const tools: Tools = {
      print: (line) => void lines.push(line),
      database: () => {
        throw new Error('not asked for');
      },
      databaseUrl: () => '',
    };
    printRows(
      tools,
      rows.map((row) => ({ ...row })),
      json,
    );
    return lines;
  };

  test('stand under each other for people', () => {
    expect(
      printed(
        [
          { id: 'a', name: 'Long name', team: null },
          { id: 'bbb', name: 'B' },
        ],
        false,
      ),
    ).toEqual(['id   name       team', 'a    Long name', 'bbb  B']);
    expect(printed([], false)).toEqual(['(none)']);
  });

  test('are one object a line for scripts', () => {
    expect(printed([{ id: 'a' }, { id: 'b' }], true)).toEqual(['{"id":"a"}', '{"id":"b"}']);
  });
});
