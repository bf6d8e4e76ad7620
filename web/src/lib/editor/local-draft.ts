import { fieldsOf, textIn } from '../api/json.ts';

/** What is being written, kept in this browser until the server has it. */
export interface LocalDraft {
  html: string;
  note: string;
  to: string[] | null;
  cc: string[];
  bcc: string[];
  mode: 'reply' | 'note';
  /** `updatedAt` of the server's draft that it was made from. */
  base: string | null;
}

const keyOf = (number: number) => `postkeep:draft:${number}`;

/** The copy of this browser; null when there is none. */
export function keptLocal(number: number): LocalDraft | null {
  const kept = readItem(keyOf(number));
  if (kept === null) return null;
  const fields = fieldsOf(kept);
  return {
    html: textIn(fields, 'html'),
    note: textIn(fields, 'note'),
    to: Array.isArray(fields.to) ? listIn(fields, 'to') : null,
    cc: listIn(fields, 'cc'),
    bcc: listIn(fields, 'bcc'),
    mode: fields.mode === 'note' ? 'note' : 'reply',
    base: textIn(fields, 'base') || null,
  };
}

/** A full or forbidden storage must not stop the typing: the server still gets the draft. */
export function keepLocal(number: number, draft: LocalDraft): void {
  keepItem(keyOf(number), JSON.stringify(draft));
}

export function forgetLocal(number: number): void {
  forgetItem(keyOf(number));
}

export function listIn(fields: Record<string, unknown>, key: string): string[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Who is signed in: what another agent left unsent in this browser is not for them to see. */
const WHOSE = 'postkeep:whose';

/** From here on what is kept, and what is found again, is this agent's. */
export function keepFor(agent: string): void {
  try {
    localStorage.setItem(WHOSE, agent);
  } catch {
    return;
  }
}

const own = (key: string) => `${key}:${localStorage.getItem(WHOSE) ?? ''}`;

export function readItem(key: string): string | null {
  try {
    return localStorage.getItem(own(key));
  } catch {
    return null;
  }
}

export function keepItem(key: string, value: string): void {
  try {
    localStorage.setItem(own(key), value);
  } catch {
    return;
  }
}

export function forgetItem(key: string): void {
  try {
    localStorage.removeItem(own(key));
  } catch {
    return;
  }
}
