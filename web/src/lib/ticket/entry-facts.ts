import type { EventEntry } from '../api/types.ts';

/** Reads the short facts of a history entry, wherever the answer carries them. */
export class EntryFacts {
  readonly #facts: Record<string, unknown>;

  constructor(entry: EventEntry) {
    this.#facts = { ...entry, ...entry.data };
  }

  text(key: string): string | null {
    const value = this.#facts[key];
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : null;
  }

  flag(key: string): boolean {
    return this.#facts[key] === true;
  }

  /** An agent, team or label as `{id, name}`, or only its id or name. */
  named(key: string): { id?: string; name?: string } | null {
    const value = this.#facts[key];
    if (typeof value === 'string') return { id: value };
    if (typeof value !== 'object' || value === null) return null;
    const found: { id?: unknown; name?: unknown } = value;
    return {
      id: typeof found.id === 'string' ? found.id : undefined,
      name: typeof found.name === 'string' ? found.name : undefined,
    };
  }
}
