import { assertNever } from '../errors.ts';
import { deliveryOutcomes, outsideCommands } from './commands.ts';
import type { CommandBody, DeliveryOutcome, OutsideCommand } from './commands.ts';

/**
 * Reads the argument of a signal or update, which people type by hand in the Temporal UI: never
 * throws, and says what is wrong without repeating the values, since those may be personal.
 */
export type Parsed =
  { body: CommandBody; id: string | null; by: string | null } | { malformed: string };

/** Longest id that is taken; ours have 36 letters, derived ones a few more. */
const ID_LENGTH_MAX = 200;

/** Longest reason typed by hand; a sentence or two. */
export const REASON_LENGTH_MAX = 500;

/** Half a surrogate pair and NUL, which PostgreSQL does not take, and letters nobody sees. */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;
const UNSTORABLE_IN_LINES = /[^\P{Cc}\n\r\t]|\p{Cs}/gu;

/** The beginning of a text typed by hand, such that it can be stored and shown. */
export function plainText(text: string, lengthMax: number): string {
  return text.slice(0, lengthMax).replaceAll(UNSTORABLE_IN_LINES, '\uFFFD');
}

export function isOutsideCommand(name: string): name is OutsideCommand {
  return outsideCommands.some((known) => known === name);
}

export function parseCommand(name: OutsideCommand, argument: unknown): Parsed {
  if (!isObject(argument)) {
    return { malformed: `${name} takes one JSON object, got ${describe(argument)}` };
  }
  if (typeof argument['malformed'] === 'string') {
    return { malformed: plainText(argument['malformed'], REASON_LENGTH_MAX) };
  }
  const fields = new Fields(argument);
  const body = readBody(name, fields);
  const id = fields.optionalId('id');
  const by = fields.optionalId('by');
  if (fields.problems.length > 0) return { malformed: `${name}: ${fields.problems.join('; ')}` };
  return { body, id, by };
}

function readBody(type: OutsideCommand, fields: Fields): CommandBody {
  switch (type) {
    case 'receive':
      return { type, mail: fields.id('mail') };
    case 'compose':
    case 'reply':
    case 'cancelSend':
      return { type, message: fields.id('message') };
    case 'resend': {
      const to = fields.optionalId('to');
      return { type, message: fields.id('message'), ...(to === null ? {} : { to }) };
    }
    case 'deflect':
      return { type, exchange: fields.id('exchange') };
    case 'claim':
      return { type, agent: fields.id('agent'), takeover: fields.flag('takeover', false) };
    case 'assign':
    case 'reopen':
    case 'invite':
    case 'uninvite':
      return { type, agent: fields.id('agent') };
    case 'release': {
      const owner = fields.optionalId('owner');
      return { type, ...(owner === null ? {} : { owner }) };
    }
    case 'resume':
    case 'settle':
    case 'sendLink':
    case 'sync':
      return { type };
    case 'pend':
      return { type, until: fields.date('until'), reason: fields.optionalText('reason') };
    case 'solve':
      return { type, summary: fields.flag('summary', null) };
    case 'autoSolve':
      return { type, at: fields.dateOrNull('at') };
    case 'changeTeam':
      return { type, team: fields.idOrNull('team') };
    case 'label':
    case 'unlabel':
      return { type, label: fields.id('label') };
    case 'note':
      return { type, note: fields.id('note') };
    case 'rename':
      return { type, subject: fields.id('subject') };
    case 'rate':
      return { type, rating: fields.id('rating') };
    case 'moveSend':
      return { type, message: fields.id('message'), at: fields.date('at') };
    case 'delivery':
      return {
        type,
        message: fields.id('message'),
        outcome: fields.outcome('outcome'),
        // Only the desk's own attempts tell of themselves.
        attempt: null,
        atOnce: false,
      };
    default:
      return assertNever(type);
  }
}

/** Reads typed fields and collects what is wrong, so that one answer names every problem. */
class Fields {
  readonly problems: string[] = [];
  readonly #values: { [key: string]: unknown };

  constructor(values: { [key: string]: unknown }) {
    this.#values = values;
  }

  id(key: string): string {
    const value = this.#values[key];
    const isId = typeof value === 'string' && value !== '' && value.length <= ID_LENGTH_MAX;
    return isId && !UNSTORABLE.test(value) ? value : this.#wrong(key, 'an id', '');
  }

  idOrNull(key: string): string | null {
    return this.#values[key] === null ? null : this.id(key);
  }

  optionalId(key: string): string | null {
    return this.#values[key] === undefined ? null : this.idOrNull(key);
  }

  optionalText(key: string): string | null {
    const value = this.#values[key] ?? null;
    if (value === null) return null;
    const fits = typeof value === 'string' && value.length <= REASON_LENGTH_MAX;
    if (fits && plainText(value, REASON_LENGTH_MAX) === value) return value;
    return this.#wrong(key, `a text of at most ${REASON_LENGTH_MAX} letters`, null);
  }

  flag(key: string, absent: boolean | null): boolean {
    const value = this.#values[key] ?? absent;
    return typeof value === 'boolean' ? value : this.#wrong(key, 'true or false', false);
  }

  date(key: string): string {
    const value = this.#values[key];
    const date = typeof value === 'string' ? readDate(value) : null;
    return date ?? this.#wrong(key, 'an ISO 8601 date such as 2027-01-31T09:00:00Z', '');
  }

  dateOrNull(key: string): string | null {
    return this.#values[key] === null ? null : this.date(key);
  }

  outcome(key: string): DeliveryOutcome {
    const value = this.#values[key];
    const known = deliveryOutcomes.find((outcome) => outcome === value);
    return known ?? this.#wrong(key, `one of ${deliveryOutcomes.join(', ')}`, 'sent' as const);
  }

  #wrong<T>(key: string, expected: string, fallback: T): T {
    this.problems.push(`${key} must be ${expected}, got ${describe(this.#values[key])}`);
    return fallback;
  }
}

/**
 * ISO 8601 only: Date.parse alone takes "call on 5" for the year 2001, and reads a time without a
 * zone by the machine's, so that a replay elsewhere would see another date. No zone means UTC.
 */
function readDate(value: string): string | null {
  const parts = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(value);
  if (!parts) return null;
  const time = Date.parse(parts[1] !== undefined && parts[4] === undefined ? `${value}Z` : value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
