import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outsideBodies } from '../../tests/arbitraries/commands.ts';
import { outsideCommands } from './commands.ts';
import type { OutsideCommand } from './commands.ts';
import { isOutsideCommand, parseCommand, REASON_LENGTH_MAX } from './parse-command.ts';

const anyId = fc.string({ minLength: 1, maxLength: 200 });
const bodies = outsideBodies({
  agent: anyId,
  mail: anyId,
  message: anyId,
  label: anyId,
  note: anyId,
  rating: anyId,
  text: anyId,
  team: anyId,
  date: fc
    .date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2999-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString()),
});

const fieldNames = [
  ...['id', 'by', 'mail', 'message', 'exchange', 'agent', 'takeover', 'until', 'reason', 'summary'],
  ...['at', 'team', 'label', 'note', 'subject', 'outcome', 'attempt', '__proto__', 'toString'],
];

describe('a command that people typed', () => {
  it.each(outsideCommands)('%s is understood when all its fields are right', (name) => {
    fc.assert(
      fc.property(
        bodies[name],
        fc.option(anyId),
        fc.option(anyId),
        fc.boolean(),
        (body, id, by, sparse) => {
          const { type: _, ...fields } = body;
          const optional = sparse ? without(fields) : fields;
          const argument = { ...optional, ...(id === null ? {} : { id }), by, unknown: 'field' };
          // These two only the desk's own attempts may say.
          const expected = 'atOnce' in body ? { ...body, attempt: null, atOnce: false } : body;
          expect(parseCommand(name, argument)).toEqual({ body: expected, id, by });
        },
      ),
    );
  });

  it.each(outsideCommands)('%s never throws and never repeats what it was given', (name) => {
    const secret = 'sEcReT-bob@example.com';
    const value = fc.oneof(fc.constant(secret), fc.jsonValue(), fc.constantFrom(NaN, undefined));
    const anything = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.oneof(fc.constantFrom(...fieldNames), fc.string()), value),
      fc.constantFrom(secret, [secret], { [secret]: secret }),
    );
    fc.assert(
      fc.property(anything, (argument) => {
        const parsed = parseCommand(name, argument);
        if ('malformed' in parsed && !isMarked(argument)) {
          expect(parsed.malformed).not.toContain(secret);
          expect(parsed.malformed.startsWith(name)).toBe(true);
        }
      }),
    );
  });

  it('names every field that is wrong at once, by what it is', () => {
    expect(parseCommand('pend', { until: 'soon', reason: ['because'], by: 5 })).toEqual({
      malformed:
        'pend: until must be an ISO 8601 date such as 2027-01-31T09:00:00Z, got a string; ' +
        `reason must be a text of at most ${REASON_LENGTH_MAX} letters, got a list; ` +
        'by must be an id, got a number',
    });
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['text', 'a string'],
    [[{}], 'a list'],
    [7, 'a number'],
  ])('that is no object is malformed: %s', (argument, what) => {
    expect(parseCommand('release', argument)).toEqual({
      malformed: `release takes one JSON object, got ${what}`,
    });
  });

  it('that could not be decoded keeps the reason, cut short', () => {
    const malformed = 'x'.repeat(REASON_LENGTH_MAX + 1);
    expect(parseCommand('claim', { malformed: 'unknown encoding' })).toEqual({
      malformed: 'unknown encoding',
    });
    expect(parseCommand('claim', { malformed })).toEqual({
      malformed: malformed.slice(0, REASON_LENGTH_MAX),
    });
  });

  it('never holds what PostgreSQL cannot store', () => {
    const cut = `${'x'.repeat(REASON_LENGTH_MAX - 1)}\u{1f600}`;
    for (const malformed of ['a\u0000b', 'a\ud800b', cut]) {
      const parsed = parseCommand('claim', { malformed });
      expect('malformed' in parsed && parsed.malformed).toMatch(/^[ax]+\ufffdb?$/);
    }
    expect(parseCommand('claim', { malformed: 'one\n\ttwo' })).toEqual({
      malformed: 'one\n\ttwo',
    });
  });

  it.each<[OutsideCommand, string, unknown]>([
    ['claim', 'agent', ''],
    ['claim', 'agent', 'x'.repeat(201)],
    ['claim', 'agent', 'b\u0000o'],
    ['claim', 'agent', 'b\ud800o'],
    ['pend', 'reason', 'never\u0000'],
    ['claim', 'takeover', 'yes'],
    ['solve', 'summary', undefined],
    ['autoSolve', 'at', undefined],
    ['changeTeam', 'team', undefined],
    ['pend', 'reason', 'x'.repeat(REASON_LENGTH_MAX + 1)],
    ['delivery', 'outcome', 'lost'],
    ['reply', 'id', ''],
  ])('%s does not take a %s like this: %s', (name, field, value) => {
    const good = {
      agent: 'bo',
      summary: true,
      at: null,
      team: null,
      until: '2030-01-01',
      message: 'm',
      outcome: 'sent',
    };
    expect(parseCommand(name, good)).not.toHaveProperty('malformed');
    const parsed = parseCommand(name, { ...good, [field]: value });
    expect('malformed' in parsed && parsed.malformed).toMatch(
      new RegExp(`^${name}: ${field} must`),
    );
  });
});

describe('a date that people typed', () => {
  const read = (until: unknown) => {
    const parsed = parseCommand('pend', { until });
    return 'body' in parsed && 'until' in parsed.body ? parsed.body.until : null;
  };

  it.each([
    ['2030-01-31T09:00:00Z', '2030-01-31T09:00:00.000Z'],
    ['2030-01-31T09:00:00.5Z', '2030-01-31T09:00:00.500Z'],
    ['2030-01-31T09:00+02:00', '2030-01-31T07:00:00.000Z'],
    ['2030-01-31T09:00', '2030-01-31T09:00:00.000Z'],
    ['2030-01-31', '2030-01-31T00:00:00.000Z'],
  ])('%s is %s: without a zone it is UTC, wherever the worker runs', (given, date) => {
    expect(read(given)).toBe(date);
  });

  it.each([
    'call on 5',
    'tomorrow',
    '31.01.2030',
    '1/31/2030',
    '2030',
    '2030-13-01',
    '2030-01-31T25:00:00Z',
    '+012030-01-31T09:00:00Z',
    '2030-01-31T09:00:00Z and more',
    ' 2030-01-31',
    1_895_000_000_000,
    '',
  ])('is not %s', (given) => {
    expect(read(given)).toBeNull();
  });
});

describe('the name of a command', () => {
  it('is known, or it is not', () => {
    for (const name of outsideCommands) expect(isOutsideCommand(name)).toBe(true);
    for (const name of ['callbackDue', 'malformed', 'toString', '__proto__', '', 'Claim']) {
      expect(isOutsideCommand(name)).toBe(false);
    }
  });
});

/** The fields without those that may be left out because they say nothing. */
function without(fields: object): object {
  const optional = ['takeover', 'reason'];
  const says = ([name, value]: [string, unknown]) =>
    !optional.includes(name) || (value !== null && value !== false);
  return Object.fromEntries(Object.entries(fields).filter(says));
}

/** The payload converter marks what it could not decode; its reason is its own. */
function isMarked(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'malformed' in argument;
}
