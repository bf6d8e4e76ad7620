/** Somebody who can be called by an @. */
export interface Colleague {
  id: string;
  name: string;
}

/**
 * Ids of the colleagues whom a text calls: `@Bo Lindqvist`, or `@Bo` when the rest of the name is
 * left out. A first name that several have calls them all: nobody is left untold.
 */
export function mentionsIn(text: string, colleagues: readonly Colleague[]): string[] {
  const called = new Set<string>();
  const lower = text.toLowerCase();
  for (let at = lower.indexOf('@'); at >= 0; at = lower.indexOf('@', at + 1)) {
    const rest = lower.slice(at + 1);
    const whole = colleagues.filter(({ name }) => beginsWith(rest, name.toLowerCase()));
    const found =
      whole.length > 0
        ? whole
        : colleagues.filter(({ name }) => beginsWith(rest, firstWord(name.toLowerCase())));
    for (const { id } of found) called.add(id);
  }
  return [...called].sort();
}

function firstWord(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** Whether the name stands there as a word of its own: `@Bob` does not call Bo. */
function beginsWith(text: string, name: string): boolean {
  if (name === '' || !text.startsWith(name)) return false;
  const after = text.slice(name.length, name.length + 2);
  return !/^[\p{L}\p{N}_]/u.test(after);
}
