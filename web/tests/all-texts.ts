/**
 * What functions among the messages are tried with: numbers, names, lists, facts. One of these
 * fits each of them; a sentence that is made of a wrong kind of value is none of its texts.
 */
const TRIES: readonly unknown[] = [
  'it begins a conversation',
  3,
  ['Anna', 'Bo'],
  {
    said: 'The server says no.',
    owner: 'Anna',
    state: 'solved',
    threat: 'Eicar',
    max: '10 MB',
    fields: ['email'],
    request: ' Request 7f3a.',
  },
  true,
];

/** Every text by its path, `mails.parked.title`; functions by what they say to sample values. */
export function allTexts(words: object, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries<unknown>({ ...words })) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') texts.set(here, value);
    else if (typeof value === 'function')
      texts.set(
        here,
        said((...values) => Reflect.apply(value, undefined, values), value.length),
      );
    else if (typeof value === 'object' && value !== null) {
      for (const [below, text] of allTexts(value, here)) texts.set(below, text);
    }
  }
  return texts;
}

/** What it says to the first values that it makes a whole sentence of; else nothing. */
function said(say: (...values: unknown[]) => unknown, takes: number): string {
  for (const sample of samplesFor(takes)) {
    try {
      const text: unknown = say(...sample);
      if (typeof text === 'string' && !/undefined|NaN|\[object/.test(text)) return text;
    } catch {
      // It takes another kind of value.
    }
  }
  return '';
}

/** All ways to give so many values, of one kind first. */
function samplesFor(count: number): unknown[][] {
  const whole = TRIES.map((value) => Array.from({ length: count }, () => value));
  const mixed = Array.from({ length: count }).reduce<unknown[][]>(
    (lists) => lists.flatMap((list) => TRIES.map((value) => [...list, value])),
    [[]],
  );
  return [...whole, ...mixed.slice(0, 2000)];
}
